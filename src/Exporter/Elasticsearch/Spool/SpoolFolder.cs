using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>The folder of the segments, held by one process at a time through a lock on a file in it.</summary>
internal sealed class SpoolFolder(string folder) : IDisposable
{
    private const string Extension = ".spool";

    private readonly string lockFile = Path.Combine(folder, "lock");
    private FileStream? held;
    private long last;

    public string FolderPath => folder;

    /// <summary>Creates the folder if it does not exist, and locks it, unless this process holds it already.</summary>
    /// <exception cref="StartException">Another process holds it.</exception>
    /// <exception cref="IOException">It can't be created or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created or written.</exception>
    public void Hold()
    {
        if (held is not null && File.Exists(lockFile)) return;
        held?.Dispose();
        held = null;
        Directory.CreateDirectory(folder);
        try
        {
            held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (FileLock.IsHeld(e))
        {
            throw new StartException(
                $"The spool folder {folder} is in use by another process, which holds {lockFile}. "
                + "Stop that process, or give this one a folder of its own by --elasticsearch-spool.", e);
        }
    }

    /// <summary>Segments of earlier processes, the oldest first.</summary>
    public SpoolSegment[] Existing()
    {
        string[] files = [.. Directory.GetFiles(folder, $"*{Extension}").Where(file => Number(file) > 0).OrderBy(Number)];
        if (files.Length > 0) last = Math.Max(last, Number(files[^1]));
        return [.. files.Select(file => new SpoolSegment(file))];
    }

    public SpoolSegment Next() => new(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++last:D12}{Extension}")));

    public void Dispose() => held?.Dispose();

    private static long Number(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
