using System.Globalization;
using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SQLitePCL;

namespace SFlow.Exporter.Record;

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
    private readonly FlowInsert insert;
    private readonly FlowNaming naming;
    private readonly SpanTable spans;
    private readonly Retention retention;
    private readonly Statement begin, commit;
    private long nextPosition;

    private StoreDatabase(SqliteConnection connection, StoreBounds bounds, Names names)
    {
        this.connection = connection;
        this.bounds = bounds;
        insert = new(connection);
        naming = new(connection, names);
        spans = new(connection);
        retention = new(connection, bounds);
        begin = new(connection, "BEGIN IMMEDIATE");
        commit = new(connection, "COMMIT");
        nextPosition = 1 + Statement.Number(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'flow'");
    }

    public long Rows => retention.Rows;

    public long Bytes => retention.FilePages * StoreBounds.PageSize + LogLength();

    /// <summary>Opens or creates the database.</summary>
    /// <returns>Null when an older release wrote the file: it must be set aside.</returns>
    public static StoreDatabase? Open(string path, StoreBounds bounds, Names names)
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
            return new StoreDatabase(opened, bounds, names);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Writes the batches in one transaction, after making room for them.</summary>
    /// <returns>Rows added (the other records were there already), and rows evicted.</returns>
    public (long Written, long Evicted) Write(IReadOnlyList<RecordBatch> batches)
    {
        int incoming = 0;
        foreach (RecordBatch batch in batches) incoming += batch.Count;
        begin.Run();
        long evicted = retention.MakeRoom(incoming);
        long written = 0;
        foreach (RecordBatch batch in batches)
        {
            foreach (ref readonly FlowRecord record in batch.Records)
            {
                if (!insert.Execute(record, naming.Ids(record, nextPosition), out long position)) continue;
                spans.Add(position, record.TimestampNanoseconds);
                nextPosition = position + 1;
                written++;
            }
        }
        spans.Flush();
        commit.Run();
        retention.Rows += written;
        BoundLog();
        return (written, evicted);
    }

    /// <summary>One bounded step of upkeep.</summary>
    /// <param name="cutoff">Rows before this time are too old; nanoseconds of Unix time.</param>
    /// <param name="evicted">Rows that went.</param>
    /// <returns>True when there is more to do at once.</returns>
    public bool Maintain(long cutoff, out long evicted)
    {
        begin.Run();
        evicted = retention.EvictAged(cutoff) + retention.MakeRoom(0);
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

    public void Dispose()
    {
        foreach (IDisposable part in new IDisposable[] { insert, naming, spans, retention, begin, commit, connection }) part.Dispose();
    }

    private long OldestPosition() =>
        Statement.Number(connection, "SELECT min(position) FROM flow") is var oldest and > 0 ? oldest : nextPosition;

    /// <summary>Empties the log when it has grown above its share: readers can hold back the ordinary checkpoints.</summary>
    private void BoundLog()
    {
        if (LogLength() > bounds.LogBytes) Statement.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private long LogLength() => new FileInfo(connection.DataSource + "-wal") is { Exists: true } log ? log.Length : 0;
}
