namespace SFlow.Exporter.Pipeline;

/// <summary>Opens a file that a user named. Other kinds would block at once (a pipe without a writer) or never reach an end (a device).</summary>
internal static class RegularFile
{
    /// <param name="path">Links are followed.</param>
    /// <param name="longest">Maximum bytes of the file.</param>
    /// <exception cref="IOException">The file does not exist, is not a regular file, or is too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path, long longest)
    {
        FileStamp stamp = FileStamp.Of(path);
        if (stamp.Exists && !stamp.IsFile) throw new IOException($"{path} is not a regular file, but a folder, a pipe or a device. Name a file");
        if (stamp.Length > longest) throw new IOException($"{path} has {stamp.Length} bytes. The limit is {longest} bytes");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 17, FileOptions.SequentialScan);
    }

    /// <summary>The content of a small file, with the limits and exceptions of <see cref="Open"/>.</summary>
    public static byte[] Read(string path, long longest)
    {
        using FileStream file = Open(path, longest);
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    }
}
