using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store.Blocks;
using SQLitePCL;

namespace SFlow.Exporter.Store;

/// <summary>
/// The open database of the writer, with its prepared statements and what it knows of the tables of names. After any failure it is
/// thrown away as a whole and opened again, so that memory never disagrees with the file.
/// </summary>
internal sealed class StoreDatabase : IDisposable
{
    /// <summary>How long another program (a backup, a shell) may hold the file before a write fails.</summary>
    private const int BusyMilliseconds = 2_000;

    /// <summary>Pages that one step gives back to the file system, once the bound was lowered.</summary>
    private const int ShrinkPages = 512;

    private readonly SqliteConnection connection;
    private readonly StoreBounds bounds;
    private readonly FlowNaming naming;
    private readonly BlockTable table;
    private readonly StoredIdentities identities;
    private readonly BlockWriter writer;
    private readonly Retention retention;
    private readonly Statement begin, commit;
    private readonly string folder;

    private StoreDatabase(SqliteConnection connection, StoreBounds bounds, Registries names)
    {
        this.connection = connection;
        this.bounds = bounds;
        naming = new(connection, names);
        table = new(connection);
        identities = new(connection);
        retention = new(connection, bounds, table, identities);
        writer = new(table, naming, 1 + Statement.Number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'block'"));
        begin = new(connection, "BEGIN IMMEDIATE");
        commit = new(connection, "COMMIT");
        folder = Path.GetDirectoryName(connection.DataSource)!;
    }

    public long Rows => retention.Rows;

    /// <summary>The time of the newest record when the database was opened; 0 when there was none.</summary>
    public long NewestAtOpening => retention.Newest;

    /// <summary>The last position that is given.</summary>
    public long LastPosition => writer.NextPosition - 1;

    public long Bytes => retention.FilePages * StoreBounds.PageSize + LogLength();

    /// <summary>Opens or creates the database.</summary>
    /// <returns>Null when an older release wrote the file: it must be set aside.</returns>
    public static StoreDatabase? Open(string path, StoreBounds bounds, Registries names, ILogger logger)
    {
        SqliteConnection opened = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            opened.Open();
            raw.sqlite3_busy_timeout(opened.Handle!, BusyMilliseconds);
            SchemaState state = StoreSchema.Judge(opened);
            if (state == SchemaState.Older)
            {
                opened.Dispose();
                return null;
            }
            // Page size and vacuum mode take effect only while the file is empty, the former only before WAL.
            Statement.Run(opened, string.Create(CultureInfo.InvariantCulture,
                $"""
                PRAGMA page_size = {StoreBounds.PageSize};
                PRAGMA auto_vacuum = INCREMENTAL;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                PRAGMA secure_delete = OFF;
                PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -16384;
                PRAGMA wal_autocheckpoint = {bounds.LogBytes / 2 / StoreBounds.PageSize};
                PRAGMA max_page_count = {bounds.MaximumPages};
                """));
            if (state == SchemaState.Fresh) StoreSchema.Create(opened);
            if (state == SchemaState.RowPerRecord) Convert(opened, bounds, logger);
            return new StoreDatabase(opened, bounds, names);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static void Convert(SqliteConnection connection, StoreBounds bounds, ILogger logger)
    {
        logger.Converting(connection.DataSource);
        long started = Stopwatch.GetTimestamp(), records = StoreConversion.Run(connection, bounds.LogBytes);
        logger.Converted(connection.DataSource, records, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Writes the batches in one transaction, after making room for them.</summary>
    /// <returns>Rows added (the other records were there already), and rows evicted.</returns>
    public (long Written, long Evicted) Write(IReadOnlyList<RecordBatch> batches)
    {
        int incoming = 0;
        foreach (RecordBatch batch in batches) incoming += batch.Count;
        LimitToDisk(incoming);
        begin.Run();
        identities.Load();
        long evicted = retention.MakeRoom(incoming);
        writer.Evicted(retention.Touched);
        long written = 0;
        foreach (RecordBatch batch in batches)
        {
            foreach (ref readonly Flow record in batch.Records)
            {
                if (!identities.Add(record)) continue;
                writer.Add(record);
                written++;
            }
        }
        writer.Flush();
        identities.Trim();
        commit.Run();
        retention.Rows += written;
        BoundLog();
        return (written, evicted);
    }

    /// <summary>One bounded step of upkeep.</summary>
    /// <param name="limits">Rows that are too old.</param>
    /// <param name="evicted">Rows that went.</param>
    /// <returns>True when there is more to do at once.</returns>
    public bool Maintain(in AgeLimits limits, out long evicted)
    {
        LimitToDisk(0);
        begin.Run();
        evicted = retention.EvictAged(limits.Cutoff, limits.CutoffUpTo) + retention.EvictAhead(limits.WrittenLongAgo, limits.Now) + retention.MakeRoom(0);
        writer.Evicted(retention.Touched);
        if (evicted == 0) naming.Prune(OldestPosition());
        commit.Run();
        BoundLog();
        if (evicted > 0) return true;
        long before = retention.FilePages;
        if (before <= bounds.MaximumPages) return false;
        Statement.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({ShrinkPages})"));
        Statement.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {bounds.MaximumPages}"));
        BoundLog();
        return retention.FilePages < before;
    }

    /// <summary>Runs work on tables of others in one transaction, after making room for so many bytes.</summary>
    public T Transact<T>(Func<SqliteConnection, T> work, long bytes, out long evicted)
    {
        LimitToDisk(0);
        begin.Run();
        evicted = retention.MakeRoom(0, bytes / StoreBounds.PageSize);
        writer.Evicted(retention.Touched);
        T result = work(connection);
        commit.Run();
        BoundLog();
        return result;
    }

    /// <summary>
    /// Deletes the oldest rows until so many bytes of the disk are free, in steps that need little room themselves; at least one. Stops when
    /// twice as much was given back: then others take the room as fast as it is given.
    /// </summary>
    /// <param name="bytes">Bytes that shall be free.</param>
    /// <param name="evicted">Is called after each step with the rows that went.</param>
    public void GiveBack(long bytes, Action<long> evicted)
    {
        // A moved page and the rows of a freed one may each dirty some pages of the log.
        int pages = (int)Math.Max(16, bounds.ReserveBytes / StoreBounds.PageSize / 8), rows = pages * 2;
        EmptyLog();
        long first = retention.FilePages, given = 0;
        do
        {
            begin.Run();
            long went = retention.FreePages < pages ? retention.EvictFront(rows) : 0;
            Statement.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})"));
            commit.Run();
            evicted(went);
            EmptyLog();
            long now = (first - retention.FilePages) * StoreBounds.PageSize;
            if (now == given && went == 0) break;
            given = now;
        }
        while (DiskSpace.Free(folder) < bytes && given < 2 * bytes);
    }

    /// <summary>Moves the log into the database, so that the latter is whole by itself; false when a reader holds it up for too long.</summary>
    public bool EmptyLog() => Statement.Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    /// <summary>Ends a transaction that failed.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle!) == 0) raw.sqlite3_exec(connection.Handle!, "ROLLBACK");
    }

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { naming, table, identities, retention, begin, commit, connection }) part.Dispose();
    }

    private long OldestPosition() =>
        Statement.Number(connection, "SELECT first_position FROM block ORDER BY last_position LIMIT 1") is var oldest and > 0 ? oldest : writer.NextPosition;

    /// <summary>Empties the log when it has grown above its share: readers can hold back the ordinary checkpoints.</summary>
    private void BoundLog()
    {
        try
        {
            if (LogLength() > bounds.LogBytes) EmptyLog();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR)
        {
            // What came before is committed. The next step finds the disk full, and makes room.
        }
    }

    /// <summary>
    /// On a disk that is nearly full the database grows no more: the oldest rows make room for the new ones, and what is free is left to the log.
    /// </summary>
    private void LimitToDisk(int incoming)
    {
        retention.PageLimit = bounds.MaximumPages;
        if (DiskSpace.Free(folder) > 2 * bounds.LogBytes + StoreBounds.PagesFor(incoming) * StoreBounds.PageSize) return;
        if (LogLength() > 0) EmptyLog();
        long more = Math.Max(0, DiskSpace.Free(folder) - bounds.LogBytes) / StoreBounds.PageSize;
        retention.PageLimit = Math.Min(bounds.MaximumPages, retention.FilePages + more);
    }

    private long LogLength() => new FileInfo(connection.DataSource + "-wal") is { Exists: true } log ? log.Length : 0;
}
