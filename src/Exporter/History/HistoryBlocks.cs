using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>One part of a window with its rows, as the writer has it in memory.</summary>
internal sealed class HistoryBlock
{
    /// <summary>Start of the window, in seconds of Unix time.</summary>
    public required long Start { get; init; }

    /// <summary>Until when it was counted, in seconds of Unix time.</summary>
    public long Ended { get; set; }

    public long CoveredMilliseconds { get; set; }

    public HistorySums Unnamed;

    public HistoryRow[] Rows { get; set; } = [];
}

/// <summary>The blocks in the open file of the writer, during one transaction.</summary>
internal sealed class HistoryBlocks(SqliteConnection connection) : IDisposable
{
    private readonly Statement insert = new(connection,
        "INSERT INTO history_block (resolution, folded, start, ended, covered, data) VALUES (?, 0, ?, ?, ?, ?)");
    private readonly Statement delete = new(connection, "DELETE FROM history_block WHERE id = ?");
    private byte[] bytes = [];
    private HistoryRow[] buffer = [];

    public void Add(HistoryResolution resolution, HistoryBlock block)
    {
        int most = HistoryEncoding.MostBytes(block.Rows.Length);
        if (bytes.Length < most) bytes = new byte[most];
        int length = HistoryEncoding.Encode(block.Rows, block.Unnamed, bytes);
        insert.Bind(1, (long)resolution).Bind(2, block.Start).Bind(3, block.Ended).Bind(4, block.CoveredMilliseconds).Bind(5, bytes.AsSpan(0, length)).Run();
    }

    /// <summary>
    /// Takes the newest minute out of the file, if it is the given one and in no hour yet: an exporter that starts again and again has one block a
    /// minute. Null otherwise.
    /// </summary>
    public HistoryBlock? TakeNewest(long start)
    {
        using Statement newest = new(connection, "SELECT id, start, ended, covered, data, folded FROM history_block WHERE resolution = 0 ORDER BY id DESC LIMIT 1");
        if (!newest.Step() || newest.Number(1) != start || newest.Number(5) != 0 || Read(newest) is not { } block) return null;
        delete.Bind(1, newest.Number(0)).Run();
        return block;
    }

    /// <summary>
    /// Starts of longer windows that are over, with blocks of the next shorter length that they do not contain yet. The current window is not over.
    /// </summary>
    public List<long> Unfolded(HistoryResolution from, HistoryResolution to, long currentStart)
    {
        using Statement select = new(connection,
            "SELECT DISTINCT start - start % ?2 AS longer FROM history_block WHERE resolution = ?1 AND folded = 0 AND longer <> ?3 ORDER BY longer");
        select.Bind(1, (long)from).Bind(2, to.Seconds()).Bind(3, currentStart);
        List<long> starts = [];
        while (select.Step()) starts.Add(select.Number(0));
        return starts;
    }

    /// <summary>Marks the blocks of a longer window as folded and adds each to <paramref name="sum"/>. Returns how many were damaged and deleted.</summary>
    public int Fold(HistoryResolution from, long start, long seconds, Action<HistoryBlock> sum)
    {
        List<long> damaged = [];
        using (Statement select = new(connection,
            "SELECT id, start, ended, covered, data FROM history_block WHERE resolution = ? AND folded = 0 AND start >= ? AND start < ?"))
        {
            select.Bind(1, (long)from).Bind(2, start).Bind(3, start + seconds);
            while (select.Step())
            {
                if (Read(select) is { } block) sum(block);
                else damaged.Add(select.Number(0));
            }
        }
        foreach (long id in damaged) delete.Bind(1, id).Run();
        using Statement mark = new(connection, "UPDATE history_block SET folded = 1 WHERE resolution = ? AND folded = 0 AND start >= ? AND start < ?");
        mark.Bind(1, (long)from).Bind(2, start).Bind(3, start + seconds).Run();
        return damaged.Count;
    }

    /// <summary>Blocks and bytes by resolution.</summary>
    public (long[] Counts, long[] Bytes) Sizes()
    {
        (long[] counts, long[] sizes) = (new long[3], new long[3]);
        using Statement select = new(connection, "SELECT resolution, count(*), sum(length(data)) FROM history_block GROUP BY resolution");
        while (select.Step())
            if (select.Number(0) is >= 0 and < 3 and var resolution) (counts[resolution], sizes[resolution]) = (select.Number(1), select.Number(2));
        return (counts, sizes);
    }

    /// <summary>Deletes the blocks that were written first, of those that a longer window contains or that have none. Returns how many went.</summary>
    public int DeleteOldest(HistoryResolution resolution, long count)
    {
        using Statement oldest = new(connection,
            "DELETE FROM history_block WHERE id IN (SELECT id FROM history_block WHERE resolution = ?1 AND (folded = 1 OR resolution = 2) ORDER BY id LIMIT ?2)");
        oldest.Bind(1, (long)resolution).Bind(2, count).Run();
        return oldest.Changes;
    }

    /// <summary>Ids of all hosts and services that a block uses.</summary>
    public (HashSet<int> Hosts, HashSet<int> Services) Used()
    {
        (HashSet<int> hosts, HashSet<int> services) = ([], []);
        using Statement all = new(connection, "SELECT data FROM history_block");
        while (all.Step())
        {
            if (!HistoryEncoding.TryDecode(all.Blob(0), ref buffer, out int count, out _)) continue;
            foreach (ref readonly HistoryRow row in buffer.AsSpan(0, count))
            {
                hosts.Add(row.Source);
                hosts.Add(row.Destination);
                services.Add(row.Service);
            }
        }
        return (hosts, services);
    }

    public void Dispose()
    {
        insert.Dispose();
        delete.Dispose();
    }

    /// <summary>The block at hand: id, start, ended, covered, data. Null if it is damaged.</summary>
    private HistoryBlock? Read(Statement row)
    {
        if (!HistoryEncoding.TryDecode(row.Blob(4), ref buffer, out int count, out HistorySums unnamed)) return null;
        return new HistoryBlock
        {
            Start = row.Number(1), Ended = row.Number(2), CoveredMilliseconds = row.Number(3), Unnamed = unnamed, Rows = buffer.AsSpan(0, count).ToArray(),
        };
    }
}
