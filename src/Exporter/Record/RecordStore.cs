using Microsoft.Data.Sqlite;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SQLitePCL;

namespace SFlow.Exporter.Record;

/// <summary>How many records a write added, and how many were there already.</summary>
internal readonly record struct WriteResult(long Written, long AlreadyThere);

/// <summary>
/// The embedded store: one SQLite file in the data folder. One writer calls <see cref="Write"/> and <see cref="Maintain"/>;
/// searches read through connections of their own (<see cref="OpenReader"/>) and never hold the writer up.
/// </summary>
internal sealed class RecordStore(StoreOptions options, Names names, StoreFigures figures, TimeProvider time, ILogger<RecordStore> logger)
    : IDisposable
{
    private readonly StoreBounds bounds = new(options);
    private StoreFolder? folder;
    private StoreDatabase? database;
    private volatile bool damaged;

    /// <summary>Batches that one call of <see cref="Write"/> should take at most.</summary>
    public int BatchesPerTransaction => bounds.BatchesPerTransaction;

    /// <summary>Opens folder and file. What can pass by itself (a full disk) is logged and tried again at the next write.</summary>
    /// <exception cref="StoreUnavailableException">The configuration can't work; the message says what to do.</exception>
    public void Open()
    {
        folder ??= StoreFolder.Open(options.Folder);
        try
        {
            Database();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR)
        {
            logger.LogError(e, "The store {Path} can't be opened yet; records are lost until it can", folder.DatabasePath);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The store {folder.DatabasePath} can't be opened: {e.Message} "
                + "Check its permissions, name another folder by --data, or keep no records by --store false.", e);
        }
    }

    /// <summary>Writes the batches as a whole; evicts what no longer has room.</summary>
    /// <exception cref="SqliteException">Nothing of them is written.</exception>
    public WriteResult Write(IReadOnlyList<RecordBatch> batches)
    {
        (long written, long evicted) = Mend(open => open.Write(batches));
        figures.Evicted += evicted;
        return new WriteResult(written, batches.Sum(batch => (long)batch.Count) - written);
    }

    /// <summary>One bounded step of upkeep: age, lowered bounds, names that nothing uses.</summary>
    /// <returns>True when there is more to do at once.</returns>
    /// <exception cref="SqliteException">Try again later.</exception>
    public bool Maintain()
    {
        long cutoff = FlowTime.Nanoseconds(time.GetUtcNow() - options.MaximumAge);
        (bool more, long evicted) = Mend(open => (open.Maintain(cutoff, out long went), went));
        figures.Evicted += evicted;
        return more;
    }

    /// <summary>A connection that can only read; the caller disposes of it.</summary>
    /// <exception cref="SqliteException">There is no file, or it can't be read.</exception>
    public SqliteConnection OpenReader()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Path.GetFullPath(options.Folder), StoreFolder.DatabaseName),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        // The root file system of a container is often read-only: temporary tables must not need one.
        Statement.Run(connection, "PRAGMA temp_store = MEMORY");
        return connection;
    }

    /// <summary>A reader found the file damaged: the writer sets it aside at its next step.</summary>
    public void ReportDamage() => damaged = true;

    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public void Dispose()
    {
        Close();
        folder?.Dispose();
        folder = null;
    }

    /// <summary>Runs <paramref name="work"/>; on a damaged file once more, on a fresh one.</summary>
    private T Mend<T>(Func<StoreDatabase, T> work)
    {
        if (damaged) SetAside("corrupt", "is damaged");
        try
        {
            return Try(work);
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            SetAside("corrupt", "is damaged");
            return Try(work);
        }
    }

    private T Try<T>(Func<StoreDatabase, T> work)
    {
        StoreDatabase open = Database();
        try
        {
            T result = work(open);
            (figures.Rows, figures.Bytes) = (open.Rows, open.Bytes);
            return result;
        }
        catch
        {
            Close();
            throw;
        }
    }

    private StoreDatabase Database()
    {
        if (database is not null) return database;
        string path = (folder ?? throw new InvalidOperationException("the store is not open")).DatabasePath;
        try
        {
            database = StoreDatabase.Open(path, bounds, names);
            if (database is null) SetAside("older", "has the schema of an older release");
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            SetAside("corrupt", "is damaged");
        }
        database ??= StoreDatabase.Open(path, bounds, names)!;
        (figures.Rows, figures.Bytes) = (database.Rows, database.Bytes);
        return database;
    }

    private void SetAside(string word, string reason)
    {
        Close();
        damaged = false;
        string aside = folder!.SetAside(word, time.GetUtcNow());
        logger.LogError(
            "The store {Path} {Reason}: it is set aside as {Aside}, and a fresh one begins", folder.DatabasePath, reason, aside);
    }

    private void Close()
    {
        database?.Dispose();
        database = null;
    }
}
