using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.DeadLetters;

/// <summary>
/// Files of lines, numbered in their order and limited in bytes together. The exporter appends while a command lists or removes lines: each access holds a
/// lock on a file in the folder for its short duration.
/// </summary>
internal sealed class DeadLetterFolder(string folder, long limit)
{
    private const string Extension = ".ndjson";

    /// <summary>Maximum size of a file, which is what a full folder loses at once. A small folder has smaller ones.</summary>
    private const int FileBytes = 16 << 20, LeastFiles = 8;

    /// <summary>More than any file of this program has.</summary>
    private const int LongestFile = 512 << 20;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5), LockInterval = TimeSpan.FromMilliseconds(10);

    public string FolderPath => folder;

    /// <summary>Size of all files in bytes; 0 without a folder.</summary>
    public long Bytes() => Existing().Sum(file => file.Length);

    /// <summary>Appends lines, and deletes the oldest files above the limit.</summary>
    /// <returns>Lines in the files that were deleted.</returns>
    /// <exception cref="IOException">They can't be written, or another process holds the lock for too long.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written.</exception>
    public long Append(ReadOnlySpan<byte> lines)
    {
        Directory.CreateDirectory(folder);
        using FileStream held = Lock("lock", LockPatience);
        FileInfo[] files = Existing();
        long dropped = 0, size = files.Sum(file => file.Length);
        foreach (FileInfo file in files)
        {
            if (size + lines.Length <= limit) break;
            dropped += Lines(Content(file.FullName)).Count();
            size -= file.Length;
            file.Delete();
        }
        string path = files.Length > 0 && files[^1].Exists && files[^1].Length + lines.Length <= Math.Min(FileBytes, limit / LeastFiles) ? files[^1].FullName : PathOf(files.Length == 0 ? 1 : Number(files[^1]) + 1);
        using FileStream target = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        long start = target.Position;
        try
        {
            target.Write(lines);
        }
        catch (IOException)
        {
            target.SetLength(start);
            throw;
        }
        return dropped;
    }

    /// <summary>The content of each file, the oldest first.</summary>
    public IEnumerable<(string Path, byte[] Content)> Read()
    {
        if (!Directory.Exists(folder)) yield break;
        foreach (FileInfo file in Existing())
        {
            byte[] content;
            using (Lock("lock", LockPatience))
            {
                file.Refresh();
                if (!file.Exists) continue;
                content = Content(file.FullName);
            }
            yield return (file.FullName, content);
        }
    }

    /// <summary>Replaces the beginning of a file by these lines. What was appended meanwhile stays; a file without a line is deleted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Bytes that were read of it.</param>
    /// <param name="left">The lines of them that stay.</param>
    public void Replace(string path, int length, ReadOnlySpan<byte> left)
    {
        using FileStream held = Lock("lock", LockPatience);
        if (!File.Exists(path)) return;
        byte[] now = [.. left, .. Content(path)[length..]];
        if (now.Length == 0)
        {
            File.Delete(path);
            return;
        }
        // A file takes the place of another in one step, so that a kill leaves one of the two.
        string written = path + ".new";
        File.WriteAllBytes(written, now);
        File.Move(written, path, overwrite: true);
    }

    /// <summary>Keeps other senders away until the result is disposed.</summary>
    /// <exception cref="IOException">Another process sends.</exception>
    public IDisposable HoldForSending() => Lock("send.lock", TimeSpan.Zero);

    /// <summary>The lines of a content, without their ends. A last line without an end is not complete, and left out.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(byte[] content)
    {
        for (int start = 0; Array.IndexOf(content, (byte)'\n', start) is >= 0 and int end; start = end + 1) yield return content.AsMemory(start, end - start);
    }

    private static byte[] Content(string path) => RegularFile.Read(path, LongestFile);

    private FileInfo[] Existing() => !Directory.Exists(folder) ? []
        : [.. new DirectoryInfo(folder).GetFiles($"*{Extension}").Where(file => Number(file) > 0).OrderBy(Number)];

    private string PathOf(long number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D12}{Extension}"));

    private static long Number(FileInfo file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private FileStream Lock(string name, TimeSpan patience)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += LockInterval)
        {
            try
            {
                return new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (FileLock.IsHeld(e))
            {
                if (waited >= patience) throw new IOException($"another process holds {Path.Combine(folder, name)}", e);
                Thread.Sleep(LockInterval);
            }
        }
    }
}
