using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>
/// The tables of blocks, for the writer: <c>block</c> says what a block holds (searches skip by it what lies outside their time, eviction finds
/// by it what is too old), and one table for each <see cref="BlockPart"/> has the rows.
/// </summary>
internal sealed class BlockTable(SqliteConnection connection) : IDisposable
{
    public static readonly BlockPart[] Parts = Enum.GetValues<BlockPart>();

    private readonly BlockEncoder encoder = new();
    private readonly Statement insert = new(connection, "INSERT INTO block (first_position, last_position, rows, oldest, newest) VALUES (?, ?, ?, ?, ?)");
    private readonly Statement delete = new(connection, "DELETE FROM block WHERE last_position = ?");
    private readonly Statement[] insertParts = [.. Parts.Select(part => new Statement(connection, $"INSERT INTO {Name(part)} (last_position, data) VALUES (?, ?)"))];
    private readonly Statement[] deleteParts = [.. Parts.Select(part => new Statement(connection, $"DELETE FROM {Name(part)} WHERE last_position = ?"))];
    private readonly Statement[] selectParts = [.. Parts.Select(part => new Statement(connection, Select(part)))];

    /// <summary>Name of the table of a part.</summary>
    public static string Name(BlockPart part) => part switch
    {
        BlockPart.Search => "block_search",
        BlockPart.Rest => "block_rest",
        _ => "block_identity",
    };

    /// <summary>The part of the block whose key is the parameter.</summary>
    public static string Select(BlockPart part) => $"SELECT data FROM {Name(part)} WHERE last_position = ?";

    public static long Rows(SqliteConnection connection) => Statement.Number(connection, "SELECT sum(rows) FROM block");

    /// <summary>Adds a block of these rows, which are in the order of their positions.</summary>
    public void Insert(ReadOnlySpan<BlockRow> rows) => Insert(rows, rows[^1].Position);

    public void Delete(long last)
    {
        delete.Bind(1, last).Run();
        foreach (Statement statement in deleteParts) statement.Bind(1, last).Run();
    }

    /// <summary>Keeps only these rows of a block; at least one.</summary>
    public void Replace(in Block block, ReadOnlySpan<BlockRow> rows)
    {
        Delete(block.Last);
        Insert(rows, block.Last);
    }

    /// <summary>All rows of a block.</summary>
    /// <exception cref="SqliteException">The block is damaged.</exception>
    public BlockRow[] Read(in Block block)
    {
        BlockRow[] rows = new BlockRow[block.Rows];
        foreach (BlockPart part in Parts)
        {
            Statement select = selectParts[(int)part].Bind(1, block.Last);
            select.Step();
            new BlockView(part, block.Rows, select.Blob(0)).Read(0, rows);
            select.Reset();
        }
        return rows;
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[insert, delete, .. insertParts, .. deleteParts, .. selectParts]) statement.Dispose();
    }

    private void Insert(ReadOnlySpan<BlockRow> rows, long last)
    {
        long oldest = long.MaxValue, newest = long.MinValue;
        foreach (ref readonly BlockRow row in rows)
        {
            oldest = Math.Min(oldest, row.Flow.TimestampNanoseconds);
            newest = Math.Max(newest, row.Flow.TimestampNanoseconds);
        }
        insert.Bind(1, rows[0].Position).Bind(2, last).Bind(3, rows.Length).Bind(4, oldest).Bind(5, newest).Run();
        foreach (BlockPart part in Parts) insertParts[(int)part].Bind(1, last).Bind(2, encoder.Encode(part, rows)).Run();
    }
}
