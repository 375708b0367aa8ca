using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>A port of a link aggregation (sFlow LAG structures, <c>lag_port_stats</c>, after IEEE 802.1AX). Unknown counters are all ones.</summary>
public readonly struct LagPortCounters : IRecord<LagPortCounters>
{
    /// <summary>Data format 0:7.</summary>
    public const uint Tag = 7;

    /// <summary>MAC address of this end, in the low 48 bits.</summary>
    public readonly XdrMac ActorSystem;

    /// <summary>MAC address of the other end, in the low 48 bits.</summary>
    public readonly XdrMac PartnerSystem;

    /// <summary>ifIndex of the aggregation.</summary>
    public readonly XdrUInt32 AttachedAggregation;

    /// <summary>Actor admin, actor oper, partner admin and partner oper state, a byte each.</summary>
    public readonly XdrUInt32 State;

    /// <summary>LACPDUs received.</summary>
    public readonly XdrUInt32 LacpdusReceived;

    /// <summary>Marker PDUs received.</summary>
    public readonly XdrUInt32 MarkersReceived;

    /// <summary>Marker response PDUs received.</summary>
    public readonly XdrUInt32 MarkerResponsesReceived;

    /// <summary>Unknown PDUs received.</summary>
    public readonly XdrUInt32 UnknownReceived;

    /// <summary>Illegal PDUs received.</summary>
    public readonly XdrUInt32 IllegalReceived;

    /// <summary>LACPDUs sent.</summary>
    public readonly XdrUInt32 LacpdusSent;

    /// <summary>Marker PDUs sent.</summary>
    public readonly XdrUInt32 MarkersSent;

    /// <summary>Marker response PDUs sent.</summary>
    public readonly XdrUInt32 MarkerResponsesSent;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out LagPortCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Mac("actor_system"u8, ActorSystem);
        visitor.Mac("partner_system"u8, PartnerSystem);
        visitor.Number("attached_agg_id"u8, AttachedAggregation);
        visitor.Number("port_state"u8, State);
        visitor.Number("lacpdus_rx"u8, LacpdusReceived);
        visitor.Number("marker_pdus_rx"u8, MarkersReceived);
        visitor.Number("marker_response_pdus_rx"u8, MarkerResponsesReceived);
        visitor.Number("unknown_rx"u8, UnknownReceived);
        visitor.Number("illegal_rx"u8, IllegalReceived);
        visitor.Number("lacpdus_tx"u8, LacpdusSent);
        visitor.Number("marker_pdus_tx"u8, MarkersSent);
        visitor.Number("marker_response_pdus_tx"u8, MarkerResponsesSent);
    }
}
