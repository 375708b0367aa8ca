using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Counters of one VLAN (sFlow version 5, <c>vlan_counters</c>).</summary>
public readonly ref struct VlanCounters
{
    /// <summary>Data format 0:5.</summary>
    public const uint Tag = 5;

    private const int Length = 28;

    private readonly ReadOnlySpan<byte> data;

    private VlanCounters(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>VLAN identifier.</summary>
    public uint VlanId => Wire.UInt32(data, 0);

    /// <summary>Bytes.</summary>
    public ulong Octets => Wire.UInt64(data, 4);

    /// <summary>Unicast packets.</summary>
    public uint Unicast => Wire.UInt32(data, 12);

    /// <summary>Multicast packets.</summary>
    public uint Multicast => Wire.UInt32(data, 16);

    /// <summary>Broadcast packets.</summary>
    public uint Broadcast => Wire.UInt32(data, 20);

    /// <summary>Packets discarded.</summary>
    public uint Discards => Wire.UInt32(data, 24);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out VlanCounters record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new VlanCounters(data) : default;
        return whole;
    }
}
