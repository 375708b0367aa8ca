using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>What the kernel of a host knows of the sampled TCP connection (sFlow TCP structures, <c>extended_tcp_info</c>). Times are microseconds.</summary>
public readonly struct ExtendedTcpInfo : IRecord<ExtendedTcpInfo>
{
    /// <summary>Data format 0:2209.</summary>
    public const uint Tag = 2209;

    /// <summary>0 unknown, 1 the packet was received by the host, 2 sent by it.</summary>
    public readonly XdrUInt32 Direction;

    /// <summary>Largest segment to send, in bytes.</summary>
    public readonly XdrUInt32 SendMaximumSegment;

    /// <summary>Largest segment received, in bytes.</summary>
    public readonly XdrUInt32 ReceiveMaximumSegment;

    /// <summary>Segments sent and not acknowledged.</summary>
    public readonly XdrUInt32 Unacknowledged;

    /// <summary>Segments taken for lost.</summary>
    public readonly XdrUInt32 Lost;

    /// <summary>Segments sent again.</summary>
    public readonly XdrUInt32 Retransmitted;

    /// <summary>Path MTU in bytes.</summary>
    public readonly XdrUInt32 PathMaximumUnit;

    /// <summary>Smoothed round-trip time.</summary>
    public readonly XdrUInt32 RoundTripTime;

    /// <summary>Its variation.</summary>
    public readonly XdrUInt32 RoundTripVariation;

    /// <summary>Congestion window in segments.</summary>
    public readonly XdrUInt32 CongestionWindow;

    /// <summary>Reordering of segments.</summary>
    public readonly XdrUInt32 Reordering;

    /// <summary>Smallest round-trip time.</summary>
    public readonly XdrUInt32 MinimumRoundTripTime;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedTcpInfo record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("direction"u8, Direction);
        visitor.Number("snd_mss"u8, SendMaximumSegment);
        visitor.Number("rcv_mss"u8, ReceiveMaximumSegment);
        visitor.Number("unacked"u8, Unacknowledged);
        visitor.Number("lost"u8, Lost);
        visitor.Number("retrans"u8, Retransmitted);
        visitor.Number("pmtu"u8, PathMaximumUnit);
        visitor.Number("rtt_us"u8, RoundTripTime);
        visitor.Number("rttvar_us"u8, RoundTripVariation);
        visitor.Number("snd_cwnd"u8, CongestionWindow);
        visitor.Number("reordering"u8, Reordering);
        visitor.Number("min_rtt_us"u8, MinimumRoundTripTime);
    }
}
