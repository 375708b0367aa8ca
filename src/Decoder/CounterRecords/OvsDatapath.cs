using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Counters of an Open vSwitch datapath (<c>ovs_dp_stats</c> of Open vSwitch).</summary>
public readonly ref struct OvsDatapath
{
    /// <summary>Data format 0:2207.</summary>
    public const uint Tag = 2207;

    private const int Length = 24;

    private readonly ReadOnlySpan<byte> data;

    private OvsDatapath(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Packets that found a flow.</summary>
    public uint Hits => Wire.UInt32(data, 0);

    /// <summary>Packets that found none and went up to user space.</summary>
    public uint Misses => Wire.UInt32(data, 4);

    /// <summary>Packets that were lost on the way up.</summary>
    public uint Lost => Wire.UInt32(data, 8);

    /// <summary>Masks tried for all packets.</summary>
    public uint MaskHits => Wire.UInt32(data, 12);

    /// <summary>Flows in the datapath now.</summary>
    public uint Flows => Wire.UInt32(data, 16);

    /// <summary>Masks in the datapath now.</summary>
    public uint Masks => Wire.UInt32(data, 20);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out OvsDatapath record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new OvsDatapath(data) : default;
        return whole;
    }
}
