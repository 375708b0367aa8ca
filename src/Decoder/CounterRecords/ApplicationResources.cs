using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Resources of a process (sFlow application structures, <c>app_resources</c>).</summary>
public readonly ref struct ApplicationResources
{
    /// <summary>Data format 0:2203.</summary>
    public const uint Tag = 2203;

    private const int Length = 40;

    private readonly ReadOnlySpan<byte> data;

    private ApplicationResources(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Milliseconds of CPU in user mode.</summary>
    public uint UserTime => Wire.UInt32(data, 0);

    /// <summary>Milliseconds of CPU in the kernel.</summary>
    public uint SystemTime => Wire.UInt32(data, 4);

    /// <summary>Bytes of memory used.</summary>
    public ulong MemoryUsed => Wire.UInt64(data, 8);

    /// <summary>Bytes of memory allowed.</summary>
    public ulong MemoryMaximum => Wire.UInt64(data, 16);

    /// <summary>Open files.</summary>
    public uint FilesOpen => Wire.UInt32(data, 24);

    /// <summary>Open files allowed.</summary>
    public uint FilesMaximum => Wire.UInt32(data, 28);

    /// <summary>Open connections.</summary>
    public uint ConnectionsOpen => Wire.UInt32(data, 32);

    /// <summary>Open connections allowed.</summary>
    public uint ConnectionsMaximum => Wire.UInt32(data, 36);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ApplicationResources record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new ApplicationResources(data) : default;
        return whole;
    }
}
