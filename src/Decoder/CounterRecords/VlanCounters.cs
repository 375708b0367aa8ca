using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Counters of one VLAN (sFlow version 5, <c>vlan_counters</c>). Unknown counters are all ones.</summary>
public readonly struct VlanCounters : IRecord<VlanCounters>
{
    /// <summary>Data format 0:5.</summary>
    public const uint Tag = 5;

    /// <summary>VLAN identifier.</summary>
    public readonly XdrUInt32 VlanId;

    /// <summary>Bytes.</summary>
    public readonly XdrUInt64 Octets;

    /// <summary>Unicast packets.</summary>
    public readonly XdrUInt32 Unicast;

    /// <summary>Multicast packets.</summary>
    public readonly XdrUInt32 Multicast;

    /// <summary>Broadcast packets.</summary>
    public readonly XdrUInt32 Broadcast;

    /// <summary>Packets discarded.</summary>
    public readonly XdrUInt32 Discards;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VlanCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("vlan_id"u8, VlanId);
        visitor.Number("octets"u8, Octets);
        visitor.Number("ucast"u8, Unicast);
        visitor.Number("mcast"u8, Multicast);
        visitor.Number("bcast"u8, Broadcast);
        visitor.Number("discards"u8, Discards);
    }
}
