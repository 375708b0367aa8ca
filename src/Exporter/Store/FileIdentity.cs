using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Which file a path leads to: an open file goes on under its inode when its path is deleted or given to another.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>No file is there.</summary>
    public static readonly FileIdentity None;

    /// <summary>The file at a path; <see cref="None"/> where there is none, null where that can't be found out.</summary>
    public static FileIdentity? Of(string path)
    {
        // Elsewhere than on Linux only the absence of a file is noticed; Windows does not let an open one go.
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? new FileIdentity(0, 1) : None;
        if (FileStatus.TryRead(path, out FileStatus status, out bool isMissing)) return new FileIdentity(status.Device, status.Inode);
        return isMissing ? None : null;
    }
}
