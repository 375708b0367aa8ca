using SFlow.Internals;

namespace SFlow.CounterRecords;

/// <summary>A port of a link aggregation (sFlow LAG structures, <c>lag_port_stats</c>, after IEEE 802.1AX). Unknown counters are all ones.</summary>
public readonly ref struct LagPortCounters
{
    /// <summary>Data format 0:7.</summary>
    public const uint Tag = 7;

    private const int Length = 56;

    private readonly ReadOnlySpan<byte> data;

    private LagPortCounters(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>MAC address of this end, in the low 48 bits.</summary>
    public ulong ActorSystem => Wire.Mac(data, 0);

    /// <summary>MAC address of the other end, in the low 48 bits.</summary>
    public ulong PartnerSystem => Wire.Mac(data, 8);

    /// <summary>ifIndex of the aggregation.</summary>
    public uint AttachedAggregation => Wire.UInt32(data, 16);

    /// <summary>Actor admin, actor oper, partner admin and partner oper state, a byte each.</summary>
    public uint State => Wire.UInt32(data, 20);

    /// <summary>LACPDUs received.</summary>
    public uint LacpdusReceived => Wire.UInt32(data, 24);

    /// <summary>Marker PDUs received.</summary>
    public uint MarkersReceived => Wire.UInt32(data, 28);

    /// <summary>Marker response PDUs received.</summary>
    public uint MarkerResponsesReceived => Wire.UInt32(data, 32);

    /// <summary>Unknown PDUs received.</summary>
    public uint UnknownReceived => Wire.UInt32(data, 36);

    /// <summary>Illegal PDUs received.</summary>
    public uint IllegalReceived => Wire.UInt32(data, 40);

    /// <summary>LACPDUs sent.</summary>
    public uint LacpdusSent => Wire.UInt32(data, 44);

    /// <summary>Marker PDUs sent.</summary>
    public uint MarkersSent => Wire.UInt32(data, 48);

    /// <summary>Marker response PDUs sent.</summary>
    public uint MarkerResponsesSent => Wire.UInt32(data, 52);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out LagPortCounters record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new LagPortCounters(data) : default;
        return whole;
    }
}
