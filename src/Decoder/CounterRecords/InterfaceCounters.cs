using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Counters of one interface (sFlow version 5, <c>if_counters</c>, after RFC 2233). "In" is into the agent. Unknown counters are all ones.</summary>
public readonly struct InterfaceCounters : IRecord<InterfaceCounters>
{
    /// <summary>Data format 0:1.</summary>
    public const uint Tag = 1;

    /// <summary>ifIndex.</summary>
    public readonly XdrUInt32 Index;

    /// <summary>ifType of IANA; 6 is Ethernet.</summary>
    public readonly XdrUInt32 Type;

    /// <summary>Bits a second.</summary>
    public readonly XdrUInt64 Speed;

    /// <summary>0 unknown, 1 full duplex, 2 half duplex, 3 in, 4 out.</summary>
    public readonly XdrUInt32 Direction;

    /// <summary>Bit 0 administratively up, bit 1 operationally up.</summary>
    public readonly XdrUInt32 Status;

    /// <summary>Bytes received.</summary>
    public readonly XdrUInt64 InOctets;

    /// <summary>Unicast packets received.</summary>
    public readonly XdrUInt32 InUnicast;

    /// <summary>Multicast packets received.</summary>
    public readonly XdrUInt32 InMulticast;

    /// <summary>Broadcast packets received.</summary>
    public readonly XdrUInt32 InBroadcast;

    /// <summary>Packets received and discarded.</summary>
    public readonly XdrUInt32 InDiscards;

    /// <summary>Packets received with errors.</summary>
    public readonly XdrUInt32 InErrors;

    /// <summary>Packets received of unknown protocols.</summary>
    public readonly XdrUInt32 InUnknownProtocols;

    /// <summary>Bytes sent.</summary>
    public readonly XdrUInt64 OutOctets;

    /// <summary>Unicast packets sent.</summary>
    public readonly XdrUInt32 OutUnicast;

    /// <summary>Multicast packets sent.</summary>
    public readonly XdrUInt32 OutMulticast;

    /// <summary>Broadcast packets sent.</summary>
    public readonly XdrUInt32 OutBroadcast;

    /// <summary>Packets to send that were discarded.</summary>
    public readonly XdrUInt32 OutDiscards;

    /// <summary>Packets that could not be sent for errors.</summary>
    public readonly XdrUInt32 OutErrors;

    /// <summary>1 when promiscuous, 2 when not (RFC 2233), 0 unknown.</summary>
    public readonly XdrUInt32 PromiscuousMode;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out InterfaceCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("if_index"u8, Index);
        visitor.Number("if_type"u8, Type);
        visitor.Number("if_speed"u8, Speed);
        visitor.Number("if_direction"u8, Direction);
        visitor.Number("if_status"u8, Status);
        visitor.Number("if_in_octets"u8, InOctets);
        visitor.Number("if_in_ucast"u8, InUnicast);
        visitor.Number("if_in_mcast"u8, InMulticast);
        visitor.Number("if_in_bcast"u8, InBroadcast);
        visitor.Number("if_in_discards"u8, InDiscards);
        visitor.Number("if_in_errors"u8, InErrors);
        visitor.Number("if_in_unknown"u8, InUnknownProtocols);
        visitor.Number("if_out_octets"u8, OutOctets);
        visitor.Number("if_out_ucast"u8, OutUnicast);
        visitor.Number("if_out_mcast"u8, OutMulticast);
        visitor.Number("if_out_bcast"u8, OutBroadcast);
        visitor.Number("if_out_discards"u8, OutDiscards);
        visitor.Number("if_out_errors"u8, OutErrors);
        visitor.Number("if_promisc"u8, PromiscuousMode);
    }
}
