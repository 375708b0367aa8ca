namespace SFlow.Exporter.Pipeline;

/// <summary>Opens what a user named as a file. What is none would block at once (a pipe without a writer) or never end (a device).</summary>
internal static class RegularFile
{
    /// <param name="path">Links are followed.</param>
    /// <param name="longest">Bytes that the file may have.</param>
    /// <exception cref="IOException">There is no such file, it is no regular file, or it is too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path, long longest)
    {
        FileStamp stamp = FileStamp.Of(path);
        if (stamp.Exists && !stamp.IsFile) throw new IOException($"{path} is not a regular file (it is a folder, a pipe or a device); name a file");
        if (stamp.Length > longest) throw new IOException($"{path} has {stamp.Length} bytes; the limit is {longest}");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 17, FileOptions.SequentialScan);
    }
}
