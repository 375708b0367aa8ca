namespace SFlow.Exporter.Pipeline;

/// <summary>A path whose content is read again when it changes; one caller. A file that vanished keeps what was read of it until it comes back.</summary>
internal sealed class WatchedFile(string path)
{
    private FileStamp seen = FileStamp.Of(path);
    private bool gone;

    public string Path => path;

    /// <summary>True once for each change, and again when a file that was away is back. Read the file after this has returned, not before.</summary>
    public bool Changed()
    {
        FileStamp now = FileStamp.Of(path);
        bool back = gone && now.Exists;
        gone = !now.Exists;
        if (gone || now == seen && !back) return false;
        seen = now;
        return true;
    }
}
