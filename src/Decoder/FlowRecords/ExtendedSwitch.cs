using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>VLAN and priority on both sides of a switch (sFlow version 5, <c>extended_switch</c>); 0xFFFFFFFF is unknown.</summary>
public readonly struct ExtendedSwitch : IRecord<ExtendedSwitch>
{
    /// <summary>Data format 0:1001.</summary>
    public const uint Tag = 1001;

    /// <summary>802.1Q VLAN of the packet as it came; 0 untagged.</summary>
    public readonly XdrUInt32 SourceVlan;

    /// <summary>802.1p priority of the packet as it came.</summary>
    public readonly XdrUInt32 SourcePriority;

    /// <summary>802.1Q VLAN of the packet as it left; 0 untagged.</summary>
    public readonly XdrUInt32 DestinationVlan;

    /// <summary>802.1p priority of the packet as it left.</summary>
    public readonly XdrUInt32 DestinationPriority;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedSwitch record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("src_vlan"u8, SourceVlan);
        visitor.Number("src_priority"u8, SourcePriority);
        visitor.Number("dst_vlan"u8, DestinationVlan);
        visitor.Number("dst_priority"u8, DestinationPriority);
    }
}
