using System.Runtime.InteropServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Identifies the content behind a path: a different stamp means different content. Links are followed, so the replacement of a volume's
/// <c>..data</c> is noticed. Inode and change time (which no program can set) are part of the stamp, so a copy of the same size with the
/// old modification time differs too.
/// </summary>
internal readonly partial record struct FileStamp
{
    /// <summary>Nanoseconds. A file may change twice within this time with the same change time, because the kernel's clock is coarse.</summary>
    private const long Tick = 20_000_000;

    private const int FromWorkingFolder = -100, BasicFacts = 0x7ff;
    private const ushort KindMask = 0xf000, Regular = 0x8000;

    private ulong Device { get; init; }
    private ulong Inode { get; init; }
    private ulong Size { get; init; }
    private long Modified { get; init; }
    private long Changed { get; init; }
    private ushort Mode { get; init; }

    /// <summary>False if the path does not exist or is not accessible.</summary>
    public bool Exists => Mode != 0;

    /// <summary>False for a folder, a pipe, a socket or a device. These must not be read like a file.</summary>
    public bool IsFile => (Mode & KindMask) == Regular;

    public long Length => (long)Size;

    /// <summary>Take the stamp before you read the file. A change during the read then shows in the next stamp.</summary>
    public static FileStamp Of(string path)
    {
        FileStamp stamp = Look(path);
        for (int tries = 0; tries < 5 && stamp.Exists && IsYoung(stamp.Changed); tries++)
        {
            Thread.Sleep(TimeSpan.FromMilliseconds(20));
            stamp = Look(path);
        }
        return stamp;
    }

    private static FileStamp Look(string path)
    {
        if (Statx(FromWorkingFolder, path, 0, BasicFacts, out Facts facts) != 0) return default;
        return new FileStamp
        {
            Device = (ulong)facts.DeviceMajor << 32 | facts.DeviceMinor,
            Inode = facts.Inode,
            Size = facts.Size,
            Modified = facts.Modified.Nanoseconds,
            Changed = facts.Changed.Nanoseconds,
            Mode = facts.Mode,
        };
    }

    private static bool IsYoung(long changed) => TimeProvider.System.GetUtcNow().ToUnixNanoseconds() - changed is >= 0 and < Tick;

    /// <summary>A time of <c>struct statx</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        private readonly long seconds;
        private readonly uint fraction;
        private readonly int reserved;

        public readonly long Nanoseconds => seconds * 1_000_000_000 + fraction;
    }

    /// <summary>The beginning of <c>struct statx</c>, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Facts
    {
        [FieldOffset(28)] public readonly ushort Mode;
        [FieldOffset(32)] public readonly ulong Inode;
        [FieldOffset(40)] public readonly ulong Size;
        [FieldOffset(96)] public readonly Time Changed;
        [FieldOffset(112)] public readonly Time Modified;
        [FieldOffset(136)] public readonly uint DeviceMajor;
        [FieldOffset(140)] public readonly uint DeviceMinor;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out Facts facts);
}
