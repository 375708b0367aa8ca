namespace SFlow.Exporter.Pipeline;

/// <summary>Detects changes of a file by its stamp. One caller.</summary>
internal sealed class StampedFile(string path)
{
    private FileStamp seen = FileStamp.Of(path);

    public string Path => path;

    /// <summary>True once per change. Deletion is a change, and so is creation. Read the file after this call, not before.</summary>
    public bool Changed()
    {
        FileStamp now = FileStamp.Of(path);
        if (now == seen) return false;
        seen = now;
        return true;
    }
}
