using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>Counters of one interface (sFlow version 5, <c>if_counters</c>, after RFC 2233). "In" is into the agent. Unknown counters are all ones.</summary>
public readonly ref struct InterfaceCounters
{
    /// <summary>Data format 0:1.</summary>
    public const uint Tag = 1;

    private const int Length = 88;

    private readonly ReadOnlySpan<byte> data;

    private InterfaceCounters(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>ifIndex.</summary>
    public uint Index => Wire.UInt32(data, 0);

    /// <summary>ifType of IANA; 6 is Ethernet.</summary>
    public uint Type => Wire.UInt32(data, 4);

    /// <summary>Bits a second.</summary>
    public ulong Speed => Wire.UInt64(data, 8);

    /// <summary>0 unknown, 1 full duplex, 2 half duplex, 3 in, 4 out.</summary>
    public uint Direction => Wire.UInt32(data, 16);

    /// <summary>Bit 0 administratively up, bit 1 operationally up.</summary>
    public uint Status => Wire.UInt32(data, 20);

    /// <summary>Bytes received.</summary>
    public ulong InOctets => Wire.UInt64(data, 24);

    /// <summary>Unicast packets received.</summary>
    public uint InUnicast => Wire.UInt32(data, 32);

    /// <summary>Multicast packets received.</summary>
    public uint InMulticast => Wire.UInt32(data, 36);

    /// <summary>Broadcast packets received.</summary>
    public uint InBroadcast => Wire.UInt32(data, 40);

    /// <summary>Packets received and discarded.</summary>
    public uint InDiscards => Wire.UInt32(data, 44);

    /// <summary>Packets received with errors.</summary>
    public uint InErrors => Wire.UInt32(data, 48);

    /// <summary>Packets received of unknown protocols.</summary>
    public uint InUnknownProtocols => Wire.UInt32(data, 52);

    /// <summary>Bytes sent.</summary>
    public ulong OutOctets => Wire.UInt64(data, 56);

    /// <summary>Unicast packets sent.</summary>
    public uint OutUnicast => Wire.UInt32(data, 64);

    /// <summary>Multicast packets sent.</summary>
    public uint OutMulticast => Wire.UInt32(data, 68);

    /// <summary>Broadcast packets sent.</summary>
    public uint OutBroadcast => Wire.UInt32(data, 72);

    /// <summary>Packets to send that were discarded.</summary>
    public uint OutDiscards => Wire.UInt32(data, 76);

    /// <summary>Packets that could not be sent for errors.</summary>
    public uint OutErrors => Wire.UInt32(data, 80);

    /// <summary>1 when promiscuous, 2 when not (RFC 2233), 0 unknown.</summary>
    public uint PromiscuousMode => Wire.UInt32(data, 84);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out InterfaceCounters record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new InterfaceCounters(data) : default;
        return whole;
    }
}
