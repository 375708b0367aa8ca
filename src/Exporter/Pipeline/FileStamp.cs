using System.Runtime.InteropServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// What tells the content behind a path from the content that was there before: another stamp, other content. Links are followed to the file at
/// their end, so that the exchange of a volume's <c>..data</c> is seen. The inode and the kernel's own time of change (which no program sets) are
/// part of it: a copy of the same size with the old modification time differs too.
/// </summary>
internal readonly partial record struct FileStamp
{
    /// <summary>A file changed less than this ago may change again without its time of change moving: the kernel's clock has coarse ticks.</summary>
    private const long Tick = 20_000_000;

    private const int FromWorkingFolder = -100, BasicFacts = 0x7ff;
    private const ushort KindMask = 0xf000, Regular = 0x8000;

    private ulong Device { get; init; }
    private ulong Inode { get; init; }
    private ulong Size { get; init; }
    private long Modified { get; init; }
    private long Changed { get; init; }
    private ushort Mode { get; init; }

    /// <summary>False where nothing lies behind the path, or where it can't be looked at.</summary>
    public bool Exists => Mode != 0;

    /// <summary>False for a folder, a pipe, a socket or a device, which must not be read like a file.</summary>
    public bool IsFile => (Mode & KindMask) == Regular;

    public long Length => (long)Size;

    /// <summary>Take it before the file is read: what changes while it is read shows in the next stamp.</summary>
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

    private static bool IsYoung(long changed) => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100 - changed is >= 0 and < Tick;

    /// <summary>A time of <c>struct statx</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        private readonly long seconds;
        private readonly uint fraction;
        private readonly int reserved;

        public readonly long Nanoseconds => seconds * 1_000_000_000 + fraction;
    }

    /// <summary>The head of <c>struct statx</c>, which is the same on every architecture.</summary>
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
