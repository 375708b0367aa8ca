using Microsoft.Data.Sqlite;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SQLitePCL;

namespace SFlow.Exporter.Store;

/// <summary>How many records a write added, and how many were there already.</summary>
internal readonly record struct WriteResult(long Written, long AlreadyThere);

/// <summary>
/// The embedded store: one SQLite file in the data folder. <see cref="Write"/>, <see cref="Maintain"/> and <see cref="Transact"/> take turns;
/// searches read through connections of their own (<see cref="OpenReader"/>) and never hold the writer up.
/// What happens to the files meanwhile (deleted, replaced, damaged, a full disk) is mended before and after each step.
/// </summary>
internal sealed class RecordStore(StoreOptions options, Registries names, StoreStats figures, TimeProvider time, ILogger<RecordStore> logger)
    : IDisposable
{
    /// <summary>Tries of one step: something may happen to the files again while it is mended.</summary>
    private const int Attempts = 4;

    /// <summary>Bytes of a full disk that are made free at least.</summary>
    private const long SmallestRoom = 256L << 10;

    private readonly Lock turn = new();
    private readonly string location = Path.GetFullPath(options.Folder);

    private readonly StoreClock clock = new(time, options.ClockHold, options.MaximumAge);
    private readonly WrittenTimes written = new(time, options.MaximumAge);
    private readonly DoubtedStamps stamps = new();
    private readonly StoreLosses losses = new();
    private readonly RateLimitedLogger troubles = new(logger, time);
    private StoreBounds bounds = new(options);
    private StoreFolder? folder;
    private StoreReserve? reserve;
    private StoreDatabase? database;
    private volatile StoreFiles? files;
    private volatile bool damaged;
    private bool opened;

    /// <summary>Batches that one call of <see cref="Write"/> should take at most.</summary>
    public int BatchesPerTransaction => bounds.BatchesPerTransaction;

    /// <summary>The files as the writer left them; null until it has opened them.</summary>
    public StoreFiles? Files => files;

    /// <summary>Why nothing can be written now; null while it can.</summary>
    public string? Trouble => figures.Trouble;

    /// <summary>Opens folder and file. What can pass by itself (a full disk) is logged and tried again at the next write.</summary>
    /// <exception cref="StoreUnavailableException">The configuration can't work; the message says what to do.</exception>
    public void Open()
    {
        opened = false;
        OpenFolder();
        try
        {
            Database();
            reserve!.Take();
            figures.Trouble = null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR)
        {
            figures.Trouble = Sentence(e);
            logger.NotOpenedYet(e, folder!.DatabasePath);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The store {folder!.DatabasePath} can't be opened: {e.Message} "
                + "Check its permissions, name another folder by --data, or keep no records by --store false.", e);
        }
        opened = true;
    }

    /// <summary>Writes the batches as a whole; evicts what no longer has room.</summary>
    /// <exception cref="SqliteException">Nothing of them is written.</exception>
    /// <exception cref="StoreUnavailableException">The same; the message says what to do.</exception>
    public WriteResult Write(IReadOnlyList<RecordBatch> batches)
    {
        lock (turn)
        {
            (long added, long evicted) = Run(open => open.Write(batches));
            figures.Evicted += evicted;
            if (batches.Count > 0 && batches[^1].Count > 0) clock.Hear(batches[^1].Records[^1].TimestampNanoseconds);
            return new WriteResult(added, batches.Sum(batch => (long)batch.Count) - added);
        }
    }

    /// <summary>One bounded step of upkeep: age, lowered bounds, names that nothing uses.</summary>
    /// <returns>True when there is more to do at once.</returns>
    /// <exception cref="SqliteException">Try again later.</exception>
    public bool Maintain()
    {
        lock (turn)
        {
            (bool more, long evicted) = Run(open => (open.Maintain(Limits(open), out long went), went));
            figures.Evicted += evicted;
            if (!more) reserve?.Take();
            return more;
        }
    }

    /// <summary>Changes other tables of the file in one transaction, after the oldest records made room.</summary>
    /// <param name="work">What to do. It runs again where the files were gone or full.</param>
    /// <param name="bytes">Bytes that it may need.</param>
    /// <exception cref="SqliteException">Nothing of it is written.</exception>
    /// <exception cref="StoreUnavailableException">The same; the message says what to do.</exception>
    public T Transact<T>(Func<SqliteConnection, T> work, long bytes = 0)
    {
        lock (turn)
        {
            (T result, long evicted) = Run(open => (open.Transact(work, bytes, out long went), went));
            figures.Evicted += evicted;
            return result;
        }
    }

    /// <summary>A connection that can only read; the caller disposes of it.</summary>
    /// <exception cref="SqliteException">There is no file, or it can't be read.</exception>
    public SqliteConnection OpenReader()
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(location, StoreFolder.DatabaseName),
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

    /// <summary>Records that were written and are lost since the last call, by reason.</summary>
    public IReadOnlyList<(LossReason Reason, long Records)> TakeLosses()
    {
        lock (turn) return losses.Take();
    }

    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public void Dispose()
    {
        Close();
        folder?.Dispose();
        folder = null;
        files = null;
    }

    /// <summary>Runs <paramref name="work"/> on files that are sound before and there afterwards; mends what is not, and tries again.</summary>
    private T Run<T>(Func<StoreDatabase, T> work)
    {
        bool full = false;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                MendFiles();
                if (full) GiveBack();
                StoreDatabase open = Database();
                T result = work(open);
                // Deleted in the midst of it: the new rows went with the rest, and are written once more.
                if (attempt < Attempts && files!.IsDatabaseGone) continue;
                Settle(open);
                if (full) reserve!.Take();
                return result;
            }
            catch (SqliteException e) when (IsDamage(e) && attempt < Attempts)
            {
                database?.RollBack();
                // A log that was deleted looks like damage to who reads it; then there is none.
                damaged = files?.AreThere != false;
            }
            catch (SqliteException e) when (IsFull(e) && attempt < Attempts)
            {
                Close();
                full = true;
            }
            catch (Exception e)
            {
                Close();
                figures.Trouble = Sentence(e);
                throw;
            }
        }
    }

    private bool IsFull(SqliteException e) =>
        e.SqliteErrorCode == raw.SQLITE_FULL || e.SqliteErrorCode == raw.SQLITE_IOERR && DiskSpace.Free(location) < bounds.LogBytes;

    private void Settle(StoreDatabase open)
    {
        (figures.Rows, figures.Bytes) = (open.Rows, open.Bytes);
        files = files!.Refreshed();
        written.Mark(open.LastPosition);
        figures.Trouble = null;
    }

    /// <summary>Looks at what the paths lead to, and makes the best of it.</summary>
    private void MendFiles()
    {
        if (folder is { IsLockGone: true })
        {
            folder.Dispose();
            folder = null;
        }
        if (files is { } known) MendFiles(known);
        if (folder is null)
        {
            if (!opened) throw new InvalidOperationException("the store is not open");
            OpenFolder();
        }
        if (damaged) SetAside("corrupt", "is damaged", LossReason.StoreDamaged);
    }

    private void MendFiles(StoreFiles known)
    {
        if (known.IsDatabaseGone)
        {
            long rows = figures.Rows;
            Close();
            known.DeleteLog();
            Forget(LossReason.StoreDeleted);
            // The folder may be another one too, with a lock that another process holds.
            folder?.Dispose();
            folder = null;
            damaged = false;
            logger.Deleted(location, rows);
            return;
        }
        if (database is null) return;
        switch (known.Look())
        {
            case FilesState.LogGone:
                // The open files still hold everything: what the log has goes into the database, and a new log begins.
                if (!database.EmptyLog()) break;
                Close();
                damaged = false;
                logger.LogDeleted(location);
                break;
            case FilesState.CutShort when !IsWhole():
                damaged = true;
                break;
        }
    }

    /// <summary>Another program may have shrunk the database in order; one that was cut off does not stand the check.</summary>
    private bool IsWhole()
    {
        try
        {
            using SqliteConnection reader = OpenReader();
            using Statement check = new(reader, "PRAGMA quick_check(1)");
            return check.Step() && check.Text(0) == "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void OpenFolder()
    {
        if (folder is not null) return;
        folder = StoreFolder.Open(location);
        bounds = new StoreBounds(options, DiskSpace.Total(folder.FolderPath));
        reserve = new StoreReserve(folder.FolderPath, bounds.ReserveBytes);
    }

    private StoreDatabase Database()
    {
        if (database is not null) return database;
        string path = folder!.DatabasePath;
        try
        {
            database = StoreDatabase.Open(path, bounds, names, logger);
            if (database is null) SetAside("older", "has the schema of an older release", LossReason.StoreDamaged);
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            SetAside("corrupt", "is damaged", LossReason.StoreDamaged);
        }
        catch (StoreUnavailableException) when (opened)
        {
            // Somebody put it there while we ran: records go on, in a file of our own.
            SetAside("foreign", "was replaced by a file that is not of this release", LossReason.StoreDeleted);
        }
        database ??= StoreDatabase.Open(path, bounds, names, logger)!;
        CountMissing(database);
        (figures.Rows, figures.Bytes) = (database.Rows, database.Bytes);
        files = new StoreFiles(path);
        clock.Start(database.NewestAtOpening);
        stamps.Start(database.LastPosition);
        return database;
    }

    /// <summary>
    /// The file can be deleted while it is closed, after its log was found deleted: then a new one was opened, without a row. Rows that were evicted
    /// to make room are fewer too, but never all.
    /// </summary>
    private void CountMissing(StoreDatabase open)
    {
        long missing = figures.Rows;
        if (missing == 0 || open.Rows > 0) return;
        losses.Add(LossReason.StoreDeleted, missing);
        written.Clear();
        stamps.Clear();
        logger.Deleted(location, missing);
    }

    /// <summary>The disk is full: the reserve, and then the oldest records, make room.</summary>
    private void GiveBack()
    {
        troubles.DiskFull(location);
        reserve!.GiveUp();
        StoreDatabase open = Database();
        // A small store is not given up as a whole for a large reserve.
        long wanted = Math.Max(SmallestRoom, Math.Min(bounds.ReserveBytes + bounds.LogBytes, open.Bytes / 4));
        open.GiveBack(wanted, rows => figures.Evicted += rows);
    }

    private AgeLimits Limits(StoreDatabase open)
    {
        bool sure = clock.Leap is null;
        long now = clock.Now();
        if (sure && clock.Leap is { } leap) logger.ClockSet(Duration.Format(leap), Duration.Format(options.ClockHold));
        written.Mark(open.LastPosition);
        long upTo = stamps.TrustedUpTo(open.LastPosition, clock.Leap is not null, written.LongAgo());
        return new AgeLimits(now - options.MaximumAge.ToNanoseconds(), upTo, clock.Leap is null ? written.LongAgo() : 0, now);
    }

    private void SetAside(string word, string reason, LossReason loss)
    {
        Close();
        damaged = false;
        string aside = folder!.SetAside(word, time.GetUtcNow());
        Forget(loss);
        logger.SetAside(folder.DatabasePath, reason, aside);
    }

    /// <summary>The rows that the store had are no longer in it.</summary>
    private void Forget(LossReason reason)
    {
        losses.Add(reason, figures.Rows);
        (figures.Rows, figures.Bytes) = (0, 0);
        files = null;
        written.Clear();
        stamps.Clear();
    }

    private void Close()
    {
        if (database is null) return;
        files = files?.Closed();
        database.Dispose();
        database = null;
    }

    private static string Sentence(Exception e) => e.Message.EndsWith('.') ? e.Message : e.Message + ".";
}
