using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Errors of an Ethernet interface (sFlow version 5, <c>ethernet_counters</c>, after RFC 2358). Unknown counters are all ones.</summary>
public readonly struct EthernetCounters : IRecord<EthernetCounters>
{
    /// <summary>Data format 0:2.</summary>
    public const uint Tag = 2;

    /// <summary>Frames that were no whole number of bytes.</summary>
    public readonly XdrUInt32 AlignmentErrors;

    /// <summary>Frames with a wrong check sequence.</summary>
    public readonly XdrUInt32 CheckSequenceErrors;

    /// <summary>Frames sent after one collision.</summary>
    public readonly XdrUInt32 SingleCollisionFrames;

    /// <summary>Frames sent after more than one collision.</summary>
    public readonly XdrUInt32 MultipleCollisionFrames;

    /// <summary>Signal quality test errors.</summary>
    public readonly XdrUInt32 SqeTestErrors;

    /// <summary>Frames whose first try waited for a busy medium.</summary>
    public readonly XdrUInt32 DeferredTransmissions;

    /// <summary>Collisions after the slot time.</summary>
    public readonly XdrUInt32 LateCollisions;

    /// <summary>Frames given up for collisions.</summary>
    public readonly XdrUInt32 ExcessiveCollisions;

    /// <summary>Frames not sent for an internal error.</summary>
    public readonly XdrUInt32 InternalMacTransmitErrors;

    /// <summary>Carrier lost while sending.</summary>
    public readonly XdrUInt32 CarrierSenseErrors;

    /// <summary>Frames above the permitted size.</summary>
    public readonly XdrUInt32 FrameTooLongs;

    /// <summary>Frames not received for an internal error.</summary>
    public readonly XdrUInt32 InternalMacReceiveErrors;

    /// <summary>Invalid symbols on the medium.</summary>
    public readonly XdrUInt32 SymbolErrors;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out EthernetCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("dot3AlignmentErrors"u8, AlignmentErrors);
        visitor.Number("dot3FCSErrors"u8, CheckSequenceErrors);
        visitor.Number("dot3SingleCollisionFrames"u8, SingleCollisionFrames);
        visitor.Number("dot3MultipleCollisionFrames"u8, MultipleCollisionFrames);
        visitor.Number("dot3SQETestErrors"u8, SqeTestErrors);
        visitor.Number("dot3DeferredTransmissions"u8, DeferredTransmissions);
        visitor.Number("dot3LateCollisions"u8, LateCollisions);
        visitor.Number("dot3ExcessiveCollisions"u8, ExcessiveCollisions);
        visitor.Number("dot3InternalMacTransmitErrors"u8, InternalMacTransmitErrors);
        visitor.Number("dot3CarrierSenseErrors"u8, CarrierSenseErrors);
        visitor.Number("dot3FrameTooLongs"u8, FrameTooLongs);
        visitor.Number("dot3InternalMacReceiveErrors"u8, InternalMacReceiveErrors);
        visitor.Number("dot3SymbolErrors"u8, SymbolErrors);
    }
}
