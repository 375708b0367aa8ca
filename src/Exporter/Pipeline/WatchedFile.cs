namespace SFlow.Exporter.Pipeline;

/// <summary>A path whose content is read again when it changes; one caller.</summary>
internal sealed class WatchedFile(string path)
{
    private FileStamp seen = FileStamp.Of(path);

    public string Path => path;

    /// <summary>True once for each change; that the file vanished is one, and that it is back another. Read the file after this has returned, not before.</summary>
    public bool Changed()
    {
        FileStamp now = FileStamp.Of(path);
        if (now == seen) return false;
        seen = now;
        return true;
    }
}
