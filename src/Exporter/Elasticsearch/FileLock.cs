namespace SFlow.Exporter.Elasticsearch;

/// <summary>Files that one process at a time may open.</summary>
internal static class FileLock
{
    /// <summary>What the runtime reports for a locked file: EAGAIN on Linux, EWOULDBLOCK on macOS, sharing violation on Windows.</summary>
    private static readonly int[] LockedErrors = [11, 35, unchecked((int)0x8007_0020)];

    /// <summary>Whether a file could not be opened because another process has it.</summary>
    public static bool IsHeld(IOException error) => LockedErrors.Contains(error.HResult);
}
