namespace SFlow.Exporter.Store;

/// <summary>What became of files that are open.</summary>
internal enum FilesState
{
    Sound,

    /// <summary>The database is there, its log or the log's index is not: SQLite goes on, but who opens the database now does not see the log.</summary>
    LogGone,

    /// <summary>The database, or its log, is shorter than the writer left it: damage, or another program's upkeep.</summary>
    CutShort,

    /// <summary>The path leads to no file, or to another one: what is written now is nowhere.</summary>
    Gone,
}

/// <summary>
/// The files of an open database as they were after the writer's last step. An open file that is deleted takes writes without an error,
/// so only a look at the path shows it.
/// </summary>
internal sealed class StoreFiles
{
    private readonly string database;
    private readonly FileIdentity? main, log, index;
    private readonly long mainLength, logLength;

    /// <param name="database">Path of the database, which the writer has open.</param>
    public StoreFiles(string database)
    {
        this.database = database;
        main = FileIdentity.Of(database);
        log = FileIdentity.Of(database + "-wal");
        index = FileIdentity.Of(database + "-shm");
        mainLength = Length(database);
        logLength = Length(database + "-wal");
    }

    /// <summary>The same files once the writer has closed them: the log comes and goes.</summary>
    private StoreFiles(StoreFiles open) => (database, main) = (open.database, open.main);

    private StoreFiles(StoreFiles open, FileIdentity? main) : this(open.database) => this.main = main;

    /// <summary>The same database after another step of the writer.</summary>
    public StoreFiles Refreshed() => new(this, main);

    /// <summary>Deletes the log of a database that was replaced: with the new one it would bring the old records back, or damage it.</summary>
    public void DeleteLog()
    {
        if (log is { } mine && mine == FileIdentity.Of(database + "-wal")) File.Delete(database + "-wal");
        if (index is { } mineToo && mineToo == FileIdentity.Of(database + "-shm")) File.Delete(database + "-shm");
    }

    public StoreFiles Closed() => new(this);

    /// <summary>Compares with what the paths lead to now; for the writer. A path that can't be looked at counts as unchanged.</summary>
    public FilesState Look()
    {
        if (IsDatabaseGone) return FilesState.Gone;
        if (IsLogGone) return FilesState.LogGone;
        return Length(database) < mainLength || Length(database + "-wal") < logLength ? FilesState.CutShort : FilesState.Sound;
    }

    /// <summary>What a reader opens now is what the writer writes. Any thread may ask.</summary>
    public bool AreThere => !IsDatabaseGone && !IsLogGone;

    public bool IsDatabaseGone => main == FileIdentity.None || IsAnother(main, database);

    private bool IsLogGone => IsAnother(log, database + "-wal") || IsAnother(index, database + "-shm");

    private static bool IsAnother(FileIdentity? known, string path) =>
        known is { } before && FileIdentity.Of(path) is { } now && now != before;

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
