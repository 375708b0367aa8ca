namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Identifies the content behind a path: a different stamp means different content. Links are followed, so the replacement of a volume's
/// <c>..data</c> is noticed. Inode and change time (which no program can set) are part of the stamp, so a copy of the same size with the
/// old modification time differs too.
/// </summary>
internal readonly record struct FileStamp
{
    /// <summary>Nanoseconds. A file may change twice within this time with the same change time, because the kernel's clock is coarse.</summary>
    private const long Tick = 20_000_000;

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
        if (!FileStatus.TryRead(path, out FileStatus status, out _)) return default;
        return new FileStamp
        {
            Device = status.Device,
            Inode = status.Inode,
            Size = status.Size,
            Modified = status.Modified.Nanoseconds,
            Changed = status.Changed.Nanoseconds,
            Mode = status.Mode,
        };
    }

    private static bool IsYoung(long changed) => TimeProvider.System.GetUtcNow().ToUnixNanoseconds() - changed is >= 0 and < Tick;
}
