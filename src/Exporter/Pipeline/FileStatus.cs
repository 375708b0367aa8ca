using System.Runtime.InteropServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>The beginning of the kernel's <c>struct statx</c>, the same on every processor. Links are followed.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly partial struct FileStatus
{
    private const int WorkingFolder = -100, NotFound = 2, NotFolder = 20;
    private const uint BasicFields = 0x7ff;

    [FieldOffset(28)] public readonly ushort Mode;
    [FieldOffset(32)] public readonly ulong Inode;
    [FieldOffset(40)] public readonly ulong Size;
    [FieldOffset(96)] public readonly Time Changed;
    [FieldOffset(112)] public readonly Time Modified;
    [FieldOffset(136)] private readonly uint deviceMajor;
    [FieldOffset(140)] private readonly uint deviceMinor;

    /// <summary>The device that has the file.</summary>
    public ulong Device => (ulong)deviceMajor << 32 | deviceMinor;

    /// <summary>Reads the status of the file behind a path. False if there is none, or if the system does not say.</summary>
    /// <param name="path">Absolute, or relative to the working folder.</param>
    /// <param name="status">The status.</param>
    /// <param name="isMissing">Whether the reason is that the path does not exist.</param>
    public static bool TryRead(string path, out FileStatus status, out bool isMissing)
    {
        bool found = Statx(WorkingFolder, path, 0, BasicFields, out status) == 0;
        isMissing = !found && Marshal.GetLastPInvokeError() is NotFound or NotFolder;
        return found;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint fields, out FileStatus status);

    /// <summary>A time of <c>struct statx</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Time
    {
        private readonly long seconds;
        private readonly uint fraction;
        private readonly int reserved;

        public long Nanoseconds => seconds * UnixTime.Second + fraction;
    }
}
