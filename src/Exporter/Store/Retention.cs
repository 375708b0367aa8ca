using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

/// <summary>
/// Deletes the oldest rows, a block at a time, inside the transaction of whoever asks. Deleted pages are used again at once,
/// so a full store stays at its size without moving data.
/// </summary>
internal sealed class Retention : IDisposable
{
    /// <summary>Rows deleted in one transaction at most, so that writing goes on while bounds that were lowered are reached.</summary>
    private const int RowsPerTransaction = 16_384;

    private readonly StoreBounds bounds;
    private readonly BlockTable table;
    private readonly StoredIdentities identities;
    private readonly Statement front, aged, ahead, pages, freePages;

    public Retention(SqliteConnection connection, StoreBounds bounds, BlockTable table, StoredIdentities identities)
    {
        (this.bounds, this.table, this.identities) = (bounds, table, identities);
        Rows = BlockTable.Rows(connection);
        Newest = Statement.Number(connection, "SELECT max(newest) FROM block");
        PageLimit = bounds.MaximumPages;
        front = new(connection, Select(""));
        aged = new(connection, Select("WHERE first_position <= ? AND oldest < ?"));
        ahead = new(connection, Select("WHERE first_position <= ? AND newest > ?"));
        pages = new(connection, "PRAGMA page_count");
        freePages = new(connection, "PRAGMA freelist_count");
    }

    public long Rows { get; set; }

    /// <summary>Pages that may be used: those of the bounds, or fewer where the disk has no more room.</summary>
    public long PageLimit { get; set; }

    /// <summary>Pages of the file that hold nothing.</summary>
    public long FreePages => Read(freePages);

    /// <summary>The time of the newest record; 0 when there is none.</summary>
    public long Newest { get; }

    /// <summary>Pages of the file, free ones included.</summary>
    public long FilePages => Read(pages);

    /// <summary>The last position of the blocks that were touched; 0 when none was.</summary>
    public long Touched { get; private set; }

    /// <summary>Deletes until <paramref name="incoming"/> rows and other pages fit, in bounded steps; returns how many rows went.</summary>
    public long MakeRoom(int incoming, long otherPages = 0)
    {
        long evicted = 0;
        while (evicted < RowsPerTransaction && (Rows + incoming > bounds.MaximumRows || IsTight(incoming, otherPages)))
        {
            long went = EvictFront(1);
            if (went == 0) break;
            evicted += went;
        }
        return evicted;
    }

    /// <summary>The pages that may be used are too few for <paramref name="incoming"/> rows and other pages.</summary>
    public bool IsTight(int incoming, long otherPages = 0) => FilePages - FreePages + StoreBounds.PagesFor(incoming) + otherPages > PageLimit;

    /// <summary>Deletes whole blocks, the oldest first, until so many rows went.</summary>
    public long EvictFront(long rows)
    {
        long went = 0;
        while (went < rows && Find(front) is { } block)
        {
            Drop(block);
            went += block.Rows;
        }
        return went;
    }

    /// <summary>Deletes the rows of some blocks up to <paramref name="position"/> that are older than <paramref name="cutoff"/>, in nanoseconds of Unix time.</summary>
    public long EvictAged(long cutoff, long position) => Evict(aged, position, cutoff, time => time < cutoff);

    /// <summary>Deletes the rows of some blocks up to <paramref name="position"/> whose time is after <paramref name="now"/>.</summary>
    public long EvictAhead(long position, long now) => position <= 0 ? 0 : Evict(ahead, position, now, time => time > now);

    public void Dispose()
    {
        foreach (Statement statement in new[] { front, aged, ahead, pages, freePages }) statement.Dispose();
    }

    private long Evict(Statement candidates, long position, long limit, Func<long, bool> goes)
    {
        long evicted = 0;
        while (evicted < RowsPerTransaction && Find(candidates.Bind(1, position).Bind(2, limit)) is { } block)
        {
            long went = Evict(block, position, goes);
            // The block at the position has rows behind it that stay; there is no other one after it.
            if (went == 0) break;
            evicted += went;
        }
        return evicted;
    }

    private int Evict(in Block block, long position, Func<long, bool> goes)
    {
        bool all = block.Last <= position && goes(block.Oldest) && goes(block.Newest);
        if (all)
        {
            Drop(block);
            return block.Rows;
        }
        BlockRow[] rows = table.Read(block);
        int kept = 0;
        foreach (ref readonly BlockRow row in rows.AsSpan())
        {
            if (row.Position <= position && goes(row.Flow.TimestampNanoseconds)) identities.Remove(block, row.Flow);
            else rows[kept++] = row;
        }
        int went = rows.Length - kept;
        if (went == 0) return 0;
        if (kept == 0) table.Delete(block.Last);
        else table.Replace(block, rows.AsSpan(0, kept));
        Settle(block, went);
        return went;
    }

    private void Drop(in Block block)
    {
        identities.Remove(block);
        table.Delete(block.Last);
        Settle(block, block.Rows);
    }

    private void Settle(in Block block, int went)
    {
        Rows -= went;
        Touched = Math.Max(Touched, block.Last);
    }

    private static string Select(string condition) => $"SELECT {Block.Columns} FROM block {condition} ORDER BY last_position LIMIT 1";

    private static Block? Find(Statement select)
    {
        if (!select.Step()) return null;
        Block block = Block.Read(select);
        select.Reset();
        return block;
    }

    private static long Read(Statement statement)
    {
        statement.Step();
        long value = statement.Number(0);
        statement.Reset();
        return value;
    }
}
