using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store;

/// <summary>A row of a table of names, and up to which position records may refer to it.</summary>
internal readonly record struct NameLease(int Id, long UsedUntil);

/// <summary>
/// A table of names that records refer to by id. Each name holds a lease, a position up to which rows may use it without
/// another write; a name whose lease ends before the oldest row left is used by none, and goes. That needs no reference counts.
/// </summary>
/// <typeparam name="TKey">What identifies the name in this process.</typeparam>
internal sealed class Interned<TKey> : IDisposable where TKey : notnull
{
    /// <summary>Positions that one write to the table serves.</summary>
    private const long Positions = 131_072;

    private readonly Dictionary<TKey, NameLease> known = [];
    private readonly Action<Statement, TKey> bind;
    private readonly Statement upsert, prune;
    private readonly int leaseParameter;

    /// <param name="connection">The writer's connection.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, which together are unique.</param>
    /// <param name="bind">Binds the columns of a key, from parameter 1.</param>
    public Interned(SqliteConnection connection, string table, string[] columns, Action<Statement, TKey> bind)
    {
        this.bind = bind;
        leaseParameter = columns.Length + 1;
        string list = string.Join(", ", columns);
        upsert = new(connection,
            $"""
            INSERT INTO {table} ({list}, used_until) VALUES ({string.Join(", ", columns.Append("").Select(_ => "?"))})
            ON CONFLICT ({list}) DO UPDATE SET used_until = max(used_until, excluded.used_until) RETURNING id
            """);
        prune = new(connection, $"DELETE FROM {table} WHERE used_until < ?");
    }

    /// <summary>The lease of a name for a row at or shortly after <paramref name="position"/>.</summary>
    public NameLease Lease(TKey key, long position)
    {
        if (known.TryGetValue(key, out NameLease lease) && lease.UsedUntil > position) return lease;
        bind(upsert, key);
        upsert.Bind(leaseParameter, position + Positions).Step();
        lease = new NameLease(checked((int)upsert.Number(0)), position + Positions);
        upsert.Run();
        known[key] = lease;
        return lease;
    }

    /// <summary>Removes the names that no row from <paramref name="oldestPosition"/> on can use.</summary>
    public void Prune(long oldestPosition)
    {
        prune.Bind(1, oldestPosition).Run();
        foreach ((TKey key, NameLease lease) in known)
            if (lease.UsedUntil < oldestPosition)
                known.Remove(key);
    }

    public void Dispose()
    {
        upsert.Dispose();
        prune.Dispose();
    }
}
