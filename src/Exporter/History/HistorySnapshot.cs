using Microsoft.Data.Sqlite;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>
/// Reads one state of the file. A window is what was folded into it, and the shorter windows in it that are not folded yet. So all resolutions reach
/// until the last minute.
/// </summary>
internal sealed class HistorySnapshot : IHistorySnapshot
{
    /// <summary>Blocks of a resolution, and shorter ones that no longer one contains.</summary>
    private const string OfResolution = "(resolution = ?1 OR resolution < ?1 AND folded = 0)";

    private readonly SqliteConnection connection;
    private readonly RecordStore store;
    private readonly StoreFiles? files;
    private readonly bool exists;
    private HistoryRow[] rows = new HistoryRow[1_024];

    /// <param name="connection">In a transaction; the snapshot closes it.</param>
    /// <param name="store">Where it comes from.</param>
    /// <param name="files">The files of the store before the connection was opened.</param>
    public HistorySnapshot(SqliteConnection connection, RecordStore store, StoreFiles? files)
    {
        (this.connection, this.store, this.files) = (connection, store, files);
        exists = HistorySchema.Exists(connection);
        Names = exists ? HistoryNameReader.Read(connection) : new HistoryNames([], []);
    }

    public HistoryNames Names { get; }

    public HistoryCoverage? Coverage(HistoryResolution resolution) => Read<HistoryCoverage?>(() =>
    {
        if (!exists) return null;
        using Statement select = new(connection, $"SELECT min(start), max(ended) FROM history_block WHERE {OfResolution}");
        if (!select.Bind(1, (long)resolution).Step() || select.IsNull(0)) return null;
        return new HistoryCoverage(resolution.StartOf(select.Number(0)), select.Number(1));
    });

    public void Scan(HistoryResolution resolution, long from, long to, IHistoryVisitor visitor, CancellationToken cancellation) => Read(() =>
    {
        if (!exists) return 0;
        List<(long Id, long Start)> found = Find(resolution, Above(resolution, from), Above(resolution, to));
        using Statement select = new(connection, "SELECT covered, data FROM history_block WHERE id = ?");
        foreach ((long id, long start) in found)
        {
            cancellation.ThrowIfCancellationRequested();
            // A damaged window is a gap. The writer deletes it when it folds it.
            if (select.Bind(1, id).Step() && HistoryEncoding.TryDecode(select.Blob(1), ref rows, out int count, out HistorySums unnamed))
                visitor.Visit(new HistoryWindow { Start = resolution.StartOf(start), CoveredMilliseconds = select.Number(0), Unnamed = unnamed }, rows.AsSpan(0, count));
            select.Reset();
        }
        return found.Count;
    });

    public void Dispose() => connection.Dispose();

    /// <summary>Without the data, so that sorting moves little.</summary>
    private List<(long Id, long Start)> Find(HistoryResolution resolution, long from, long to)
    {
        List<(long, long)> found = [];
        using Statement select = new(connection, $"SELECT id, start FROM history_block WHERE {OfResolution} AND start >= ?2 AND start < ?3 ORDER BY start, id");
        select.Bind(1, (long)resolution).Bind(2, from).Bind(3, to);
        while (select.Step()) found.Add((select.Number(0), select.Number(1)));
        return found;
    }

    /// <summary>The first start of a window at or after a time.</summary>
    private static long Above(HistoryResolution resolution, long time) =>
        time > long.MaxValue - resolution.Seconds() ? time : resolution.StartOf(time + resolution.Seconds() - 1);

    private T Read<T>(Func<T> read)
    {
        try
        {
            T result = read();
            // A log that was deleted reads as an empty one.
            return files?.AreThere == false ? throw HistoryReader.Unavailable(store) : result;
        }
        catch (SqliteException e)
        {
            if (RecordStore.IsDamage(e) && files?.AreThere != false) store.ReportDamage();
            throw HistoryReader.Unavailable(store, e);
        }
    }
}
