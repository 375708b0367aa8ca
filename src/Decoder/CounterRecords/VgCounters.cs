using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Counters of a 100BaseVG interface (sFlow version 5, <c>vg_counters</c>, after RFC 2020). Unknown counters are all ones.</summary>
public readonly struct VgCounters : IRecord<VgCounters>
{
    /// <summary>Data format 0:4.</summary>
    public const uint Tag = 4;

    /// <summary>High-priority frames received.</summary>
    public readonly XdrUInt32 InHighPriorityFrames;

    /// <summary>Their bytes.</summary>
    public readonly XdrUInt64 InHighPriorityOctets;

    /// <summary>Normal-priority frames received.</summary>
    public readonly XdrUInt32 InNormalPriorityFrames;

    /// <summary>Their bytes.</summary>
    public readonly XdrUInt64 InNormalPriorityOctets;

    /// <summary>Frames with an invalid packet marker.</summary>
    public readonly XdrUInt32 InvalidPacketMarkers;

    /// <summary>Frames above the permitted size.</summary>
    public readonly XdrUInt32 OversizeFrames;

    /// <summary>Frames with data errors.</summary>
    public readonly XdrUInt32 DataErrors;

    /// <summary>Frames to the null address.</summary>
    public readonly XdrUInt32 NullAddressedFrames;

    /// <summary>High-priority frames sent.</summary>
    public readonly XdrUInt32 OutHighPriorityFrames;

    /// <summary>Their bytes.</summary>
    public readonly XdrUInt64 OutHighPriorityOctets;

    /// <summary>Times the interface went into training.</summary>
    public readonly XdrUInt32 TransitionsIntoTraining;

    /// <summary>Bytes of high-priority frames received, wide counter.</summary>
    public readonly XdrUInt64 HcInHighPriorityOctets;

    /// <summary>Bytes of normal-priority frames received, wide counter.</summary>
    public readonly XdrUInt64 HcInNormalPriorityOctets;

    /// <summary>Bytes of high-priority frames sent, wide counter.</summary>
    public readonly XdrUInt64 HcOutHighPriorityOctets;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VgCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("dot12_in_high_priority_frames"u8, InHighPriorityFrames);
        visitor.Number("dot12_in_high_priority_octets"u8, InHighPriorityOctets);
        visitor.Number("dot12_in_norm_priority_frames"u8, InNormalPriorityFrames);
        visitor.Number("dot12_in_norm_priority_octets"u8, InNormalPriorityOctets);
        visitor.Number("dot12_in_ipm_errors"u8, InvalidPacketMarkers);
        visitor.Number("dot12_in_oversize_frame_errors"u8, OversizeFrames);
        visitor.Number("dot12_in_data_errors"u8, DataErrors);
        visitor.Number("dot12_in_null_addressed_frames"u8, NullAddressedFrames);
        visitor.Number("dot12_out_high_priority_frames"u8, OutHighPriorityFrames);
        visitor.Number("dot12_out_high_priority_octets"u8, OutHighPriorityOctets);
        visitor.Number("dot12_transition_into_trainings"u8, TransitionsIntoTraining);
        visitor.Number("dot12_hc_in_high_priority_octets"u8, HcInHighPriorityOctets);
        visitor.Number("dot12_hc_in_norm_priority_octets"u8, HcInNormalPriorityOctets);
        visitor.Number("dot12_hc_out_high_priority_octets"u8, HcOutHighPriorityOctets);
    }
}
