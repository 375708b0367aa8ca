namespace SFlow.Exporter.Store;

/// <summary>
/// A file that only takes room. Deleting records needs room in the log first; on a full disk it comes from here. The reserve covers the log
/// at its largest, so that what the log holds always fits into the database once the reserve is given up.
/// </summary>
internal sealed class StoreReserve(string folder, long bytes)
{
    private readonly string path = Path.Combine(folder, "reserve");

    /// <summary>Takes the room unless it is taken, or the disk has hardly more than that.</summary>
    public void Take()
    {
        if (new FileInfo(path) is { Exists: true } taken && taken.Length == bytes) return;
        if (DiskSpace.Free(folder) < 2 * bytes) return;
        try
        {
            using FileStream file = new(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = bytes });
            file.SetLength(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            GiveUp();
        }
    }

    /// <summary>Gives the room back to the file system.</summary>
    public void GiveUp()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that lets nothing be deleted lets nothing be written either: the write that follows says it.
        }
    }
}
