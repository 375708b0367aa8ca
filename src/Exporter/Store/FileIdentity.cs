using System.Runtime.InteropServices;

namespace SFlow.Exporter.Store;

/// <summary>Which file a path leads to: an open file goes on under its inode when its path is deleted or given to another.</summary>
internal readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int WorkingFolder = -100, NotFound = 2, NotFolder = 20;
    private const uint WantInode = 0x100;

    /// <summary>No file is there.</summary>
    public static readonly FileIdentity None;

    /// <summary>The file at a path; <see cref="None"/> where there is none, null where that can't be found out.</summary>
    public static FileIdentity? Of(string path)
    {
        // Elsewhere than on Linux only the absence of a file is noticed; Windows does not let an open one go.
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? new FileIdentity(0, 1) : None;
        if (statx(WorkingFolder, path, 0, WantInode, out Status status) == 0)
            return new FileIdentity((ulong)status.DeviceMajor << 32 | status.DeviceMinor, status.Inode);
        return Marshal.GetLastPInvokeError() is NotFound or NotFolder ? None : null;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int folder, string path, int flags, uint wanted, out Status status);

    /// <summary><c>struct statx</c>, the same on all processors.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(0x20)] public ulong Inode;
        [FieldOffset(0x88)] public uint DeviceMajor;
        [FieldOffset(0x8C)] public uint DeviceMinor;
    }
}
