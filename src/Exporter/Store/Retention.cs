using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store;

/// <summary>
/// Deletes the oldest rows, a span at a time, inside the transaction of whoever asks. Deleted pages are used again at once,
/// so a full store stays at its size without moving data.
/// </summary>
internal sealed class Retention : IDisposable
{
    /// <summary>Spans deleted in one transaction at most, so that writing goes on while bounds that were lowered are reached.</summary>
    private const int StepsPerTransaction = 8;

    /// <summary>Rows deleted at once on a full disk: each may dirty a page of the index, and the log has little room.</summary>
    private const int SmallStep = 256;

    private readonly StoreBounds bounds;
    private readonly Statement front, aged, ahead, cut, deleteRows, deleteAged, deleteAhead, shrinkSpan, lowerNewest, dropEmptySpans, pages, freePages;

    public Retention(SqliteConnection connection, StoreBounds bounds)
    {
        this.bounds = bounds;
        Rows = SpanTable.Rows(connection);
        Newest = Statement.Number(connection, "SELECT max(newest) FROM span");
        PageLimit = bounds.MaximumPages;
        front = new(connection, "SELECT bucket, rows FROM span ORDER BY bucket LIMIT 1");
        aged = new(connection, "SELECT bucket FROM span WHERE bucket <= ? AND oldest < ? ORDER BY bucket LIMIT 1");
        ahead = new(connection, "SELECT bucket FROM span WHERE bucket <= ? AND newest > ? ORDER BY bucket LIMIT 1");
        cut = new(connection, "SELECT position FROM flow WHERE position BETWEEN ? AND ? ORDER BY position LIMIT 1 OFFSET ?");
        deleteRows = new(connection, "DELETE FROM flow WHERE position BETWEEN ? AND ?");
        deleteAged = new(connection, "DELETE FROM flow WHERE position BETWEEN ? AND ? AND timestamp < ?");
        deleteAhead = new(connection, "DELETE FROM flow WHERE position BETWEEN ? AND ? AND timestamp > ?");
        lowerNewest = new(connection, "UPDATE span SET newest = ? WHERE bucket = ?");
        shrinkSpan = new(connection, "UPDATE span SET rows = rows - ?, oldest = max(oldest, ?) WHERE bucket = ?");
        dropEmptySpans = new(connection, "DELETE FROM span WHERE bucket = ? AND rows = 0");
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

    /// <summary>Deletes until <paramref name="incoming"/> rows fit, in bounded steps; returns how many rows went.</summary>
    public long MakeRoom(int incoming)
    {
        long evicted = 0;
        for (int step = 0; step < StepsPerTransaction; step++)
        {
            long surplus = Rows + incoming - bounds.MaximumRows;
            bool tight = IsTight(incoming);
            if (surplus <= 0 && !tight) break;
            long went = EvictFront(!tight ? surplus : PageLimit < bounds.MaximumPages ? Math.Max(incoming, SmallStep) : SpanTable.Size);
            if (went == 0) break;
            evicted += went;
        }
        return evicted;
    }

    /// <summary>The pages that may be used are too few for <paramref name="incoming"/> rows.</summary>
    public bool IsTight(int incoming) => FilePages - FreePages + StoreBounds.PagesFor(incoming) > PageLimit;

    /// <summary>Deletes the rows of one span up to <paramref name="position"/> that are older than <paramref name="cutoff"/>, in nanoseconds of Unix time.</summary>
    public long EvictAged(long cutoff, long position)
    {
        if (!aged.Bind(1, SpanTable.Bucket(position)).Bind(2, cutoff).Step()) return 0;
        long bucket = aged.Number(0), last = SpanTable.Last(bucket);
        aged.Reset();
        deleteAged.Bind(1, SpanTable.First(bucket)).Bind(2, Math.Min(position, last)).Bind(3, cutoff).Run();
        // Searches skip spans by their oldest time: it may not pass rows that stay.
        return Settle(bucket, deleteAged.Changes, position >= last ? cutoff : long.MinValue);
    }

    /// <summary>Deletes the rows of one span up to <paramref name="position"/> whose time is after <paramref name="now"/>.</summary>
    public long EvictAhead(long position, long now)
    {
        if (position <= 0 || !ahead.Bind(1, SpanTable.Bucket(position)).Bind(2, now).Step()) return 0;
        long bucket = ahead.Number(0), last = SpanTable.Last(bucket);
        ahead.Reset();
        deleteAhead.Bind(1, SpanTable.First(bucket)).Bind(2, Math.Min(position, last)).Bind(3, now).Run();
        long deleted = deleteAhead.Changes;
        if (position >= last) lowerNewest.Bind(1, now).Bind(2, bucket).Run();
        return Settle(bucket, deleted, long.MinValue);
    }

    public void Dispose()
    {
        foreach (Statement statement in new[] { front, aged, ahead, cut, deleteRows, deleteAged, deleteAhead, shrinkSpan, lowerNewest, dropEmptySpans, pages, freePages })
            statement.Dispose();
    }

    /// <summary>Deletes up to <paramref name="rows"/> rows of the oldest span.</summary>
    public long EvictFront(long rows)
    {
        if (!front.Step()) return 0;
        (long bucket, long held) = (front.Number(0), front.Number(1));
        front.Reset();
        (long first, long last) = (SpanTable.First(bucket), SpanTable.Last(bucket));
        if (rows < held && cut.Bind(1, first).Bind(2, last).Bind(3, rows - 1).Step())
        {
            last = cut.Number(0);
            cut.Reset();
        }
        deleteRows.Bind(1, first).Bind(2, last).Run();
        return Settle(bucket, deleteRows.Changes, long.MinValue);
    }

    private long Settle(long bucket, long deleted, long oldest)
    {
        shrinkSpan.Bind(1, deleted).Bind(2, oldest).Bind(3, bucket).Run();
        dropEmptySpans.Bind(1, bucket).Run();
        Rows -= deleted;
        return deleted;
    }

    private static long Read(Statement statement)
    {
        statement.Step();
        long value = statement.Number(0);
        statement.Reset();
        return value;
    }
}
