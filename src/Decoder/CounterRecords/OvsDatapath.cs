using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Counters of an Open vSwitch datapath (<c>ovs_dp_stats</c> of Open vSwitch).</summary>
public readonly struct OvsDatapath : IRecord<OvsDatapath>
{
    /// <summary>Data format 0:2207.</summary>
    public const uint Tag = 2207;

    /// <summary>Packets that found a flow.</summary>
    public readonly XdrUInt32 Hits;

    /// <summary>Packets that found none and went up to user space.</summary>
    public readonly XdrUInt32 Misses;

    /// <summary>Packets that were lost on the way up.</summary>
    public readonly XdrUInt32 Lost;

    /// <summary>Masks tried for all packets.</summary>
    public readonly XdrUInt32 MaskHits;

    /// <summary>Flows in the datapath now.</summary>
    public readonly XdrUInt32 Flows;

    /// <summary>Masks in the datapath now.</summary>
    public readonly XdrUInt32 Masks;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out OvsDatapath record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("OVS_dp_hits"u8, Hits);
        visitor.Number("OVS_dp_misses"u8, Misses);
        visitor.Number("OVS_dp_lost"u8, Lost);
        visitor.Number("OVS_dp_mask_hits"u8, MaskHits);
        visitor.Number("OVS_dp_flows"u8, Flows);
        visitor.Number("OVS_dp_masks"u8, Masks);
    }
}
