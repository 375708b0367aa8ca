namespace SFlow.Exporter.Store;

/// <summary>Room on the file system of a folder; as much as there can be where it can't be found out.</summary>
internal static class DiskSpace
{
    /// <summary>Bytes that are free for this user.</summary>
    public static long Free(string folder) => Read(folder, drive => drive.AvailableFreeSpace);

    public static long Total(string folder) => Read(folder, drive => drive.TotalSize);

    private static long Read(string folder, Func<DriveInfo, long> value)
    {
        try
        {
            return value(new DriveInfo(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
