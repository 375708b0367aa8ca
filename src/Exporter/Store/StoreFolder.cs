using System.Globalization;

namespace SFlow.Exporter.Store;

/// <summary>The data folder, held by one process at a time through a lock on a file in it.</summary>
internal sealed class StoreFolder : IDisposable
{
    /// <summary>Files set aside that are kept; a disk that damages file after file must not fill up with them.</summary>
    private const int KeptAside = 3;

    /// <summary>What the runtime reports for a locked file: EAGAIN on Linux, EWOULDBLOCK on macOS, sharing violation on Windows.</summary>
    private static readonly int[] LockedErrors = [11, 35, unchecked((int)0x8007_0020)];

    public const string DatabaseName = "records.db";

    private readonly FileStream held;
    private readonly FileIdentity? heldFile;

    private StoreFolder(string folder, FileStream held)
    {
        this.held = held;
        heldFile = FileIdentity.Of(held.Name);
        FolderPath = folder;
        DatabasePath = Path.Combine(folder, DatabaseName);
    }

    public string FolderPath { get; }

    public string DatabasePath { get; }

    /// <summary>The file that is locked was deleted or replaced: another process may hold the folder by now.</summary>
    public bool IsLockGone => heldFile is { } before && FileIdentity.Of(held.Name) is { } now && now != before;

    public string WalPath => DatabasePath + "-wal";

    /// <summary>Makes the folder where it is missing and locks it.</summary>
    /// <exception cref="StoreUnavailableException">It can't be made or written, or another process holds it.</exception>
    public static StoreFolder Open(string path)
    {
        string folder = Path.GetFullPath(path);
        string lockFile = Path.Combine(folder, "lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new StoreFolder(folder, new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (LockedErrors.Contains(e.HResult))
        {
            throw new StoreUnavailableException(
                $"The data folder {folder} is in use by another process, which holds {lockFile}. "
                + "Stop that process, or give this one a folder of its own by --data.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The data folder {folder} can't be written: {e.Message} "
                + $"Let user {Environment.UserName} write there, name another folder by --data, or keep no records by --store false.", e);
        }
    }

    /// <summary>Renames the database with its log, so that a fresh one can begin; returns the new path.</summary>
    /// <param name="why">One word, part of the new name.</param>
    /// <param name="now">Time, part of the new name.</param>
    public string SetAside(string why, DateTimeOffset now)
    {
        string stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string target = $"{DatabasePath}.{why}-{stamp}";
        for (int twin = 2; File.Exists(target); twin++) target = $"{DatabasePath}.{why}-{stamp}-{twin}";
        File.Move(DatabasePath, target);
        // The log belongs to the file: under the matching name, a repair tool finds what it held.
        if (File.Exists(WalPath)) File.Move(WalPath, target + "-wal");
        File.Delete(DatabasePath + "-shm");
        RemoveOldestAside();
        return target;
    }

    public void Dispose() => held.Dispose();

    private void RemoveOldestAside()
    {
        string folder = Path.GetDirectoryName(DatabasePath)!;
        IEnumerable<string> aside = Directory.GetFiles(folder, Path.GetFileName(DatabasePath) + ".*-*Z*")
            .Where(file => !file.EndsWith("-wal", StringComparison.Ordinal))
            .OrderByDescending(File.GetLastWriteTimeUtc);
        foreach (string file in aside.Skip(KeptAside))
        {
            File.Delete(file);
            File.Delete(file + "-wal");
        }
    }
}
