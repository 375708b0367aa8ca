using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>One bounded table of names in the file. Ids are at most the maximum, and are used again.</summary>
/// <param name="maximum">Maximum names.</param>
/// <param name="table">Name of the table.</param>
/// <param name="columns">Its columns behind the id.</param>
/// <param name="nameOf">The name of a number of this process.</param>
/// <param name="bind">Binds the columns of a name, from parameter 2.</param>
internal sealed class HistoryNameTable<TName>(int maximum, string table, string columns, Func<int, TName> nameOf, Action<Statement, TName> bind)
    where TName : notnull
{
    private readonly Dictionary<TName, int> ids = [];
    private readonly Dictionary<int, int> ofNumbers = [];
    private readonly Stack<int> free = [];

    /// <summary>Ids of the minute that is named, which no window in the file has yet.</summary>
    private readonly HashSet<int> current = [];
    private SqliteConnection? connection;

    /// <summary>Takes over what the file has.</summary>
    /// <param name="open">The file.</param>
    /// <param name="stored">What it has by id; the first has id 0.</param>
    /// <param name="read">Whether there is a name, and the name.</param>
    public void Load<TStored>(SqliteConnection open, IEnumerable<TStored> stored, Func<TStored, (bool, TName)> read)
    {
        connection = open;
        ids.Clear();
        ofNumbers.Clear();
        int id = 0;
        foreach (TStored entry in stored)
        {
            if (id > 0 && read(entry) is (true, TName name)) ids[name] = id;
            id++;
        }
        FindFree();
    }

    /// <summary>Begins another minute.</summary>
    public void Begin() => current.Clear();

    /// <summary>The id of a number's name; 0 where the table is full.</summary>
    public int IdOf(int number)
    {
        if (!ofNumbers.TryGetValue(number, out int id))
        {
            TName name = nameOf(number);
            if (!ids.TryGetValue(name, out id))
            {
                if (!free.TryPop(out id)) return 0;
                using Statement insert = new(connection!, $"INSERT INTO {table} (id, {columns}) VALUES ({string.Join(", ", columns.Split(',').Append("").Select(_ => "?"))})");
                bind(insert.Bind(1, id), name);
                insert.Run();
                ids.Add(name, id);
            }
            ofNumbers.Add(number, id);
        }
        current.Add(id);
        return id;
    }

    /// <summary>Removes the names that neither a window nor the minute at hand uses.</summary>
    public void RemoveAllBut(HashSet<int> used)
    {
        using Statement delete = new(connection!, $"DELETE FROM {table} WHERE id = ?");
        foreach ((TName name, int id) in ids)
        {
            if (used.Contains(id) || current.Contains(id)) continue;
            delete.Bind(1, id).Run();
            // To remove the current key is allowed while a dictionary is enumerated.
            ids.Remove(name);
        }
        ofNumbers.Clear();
        FindFree();
    }

    private void FindFree()
    {
        free.Clear();
        HashSet<int> taken = [.. ids.Values];
        for (int id = maximum; id > 0; id--)
            if (!taken.Contains(id)) free.Push(id);
    }
}
