using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Processor and memory of the agent (sFlow version 5, <c>processor</c>). Percentages are in hundredths; all ones is unknown.</summary>
public readonly ref struct Processor
{
    /// <summary>Data format 0:1001.</summary>
    public const uint Tag = 1001;

    private const int Length = 28;

    private readonly ReadOnlySpan<byte> data;

    private Processor(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Processor use over 5 seconds.</summary>
    public uint Cpu5Seconds => Wire.UInt32(data, 0);

    /// <summary>Processor use over a minute.</summary>
    public uint Cpu1Minute => Wire.UInt32(data, 4);

    /// <summary>Processor use over 5 minutes.</summary>
    public uint Cpu5Minutes => Wire.UInt32(data, 8);

    /// <summary>Bytes of memory.</summary>
    public ulong TotalMemory => Wire.UInt64(data, 12);

    /// <summary>Bytes of memory that are free.</summary>
    public ulong FreeMemory => Wire.UInt64(data, 20);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out Processor record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new Processor(data) : default;
        return whole;
    }
}
