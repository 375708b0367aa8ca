using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>TCP of a host (sFlow host TCP/IP structures, <c>mib2_tcp_group</c>, after RFC 1213). Unknown counters are all ones.</summary>
public readonly struct HostTcpCounters : IRecord<HostTcpCounters>
{
    /// <summary>Data format 0:2009.</summary>
    public const uint Tag = 2009;

    /// <summary>How the time-out is found: 1 other, 2 constant, 3 MIL-STD-1778, 4 Van Jacobson.</summary>
    public readonly XdrUInt32 RetransmissionAlgorithm;

    /// <summary>Smallest time-out, in milliseconds.</summary>
    public readonly XdrUInt32 MinimumTimeout;

    /// <summary>Largest time-out, in milliseconds.</summary>
    public readonly XdrUInt32 MaximumTimeout;

    /// <summary>Connections allowed; all ones (-1) is no limit.</summary>
    public readonly XdrUInt32 MaximumConnections;

    /// <summary>Connections opened.</summary>
    public readonly XdrUInt32 ActiveOpens;

    /// <summary>Connections accepted.</summary>
    public readonly XdrUInt32 PassiveOpens;

    /// <summary>Connections that did not come about.</summary>
    public readonly XdrUInt32 AttemptFailures;

    /// <summary>Connections that were reset.</summary>
    public readonly XdrUInt32 EstablishedResets;

    /// <summary>Connections now.</summary>
    public readonly XdrUInt32 Established;

    /// <summary>Segments received.</summary>
    public readonly XdrUInt32 InSegments;

    /// <summary>Segments sent.</summary>
    public readonly XdrUInt32 OutSegments;

    /// <summary>Segments sent again.</summary>
    public readonly XdrUInt32 Retransmitted;

    /// <summary>Segments received with errors.</summary>
    public readonly XdrUInt32 InErrors;

    /// <summary>Resets sent.</summary>
    public readonly XdrUInt32 OutResets;

    /// <summary>Segments received with a wrong checksum.</summary>
    public readonly XdrUInt32 InChecksumErrors;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostTcpCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("tcp_rto_algorithm"u8, RetransmissionAlgorithm);
        visitor.Number("tcp_rto_min"u8, MinimumTimeout);
        visitor.Number("tcp_rto_max"u8, MaximumTimeout);
        visitor.Number("tcp_max_conn"u8, MaximumConnections);
        visitor.Number("tcp_active_opens"u8, ActiveOpens);
        visitor.Number("tcp_passive_opens"u8, PassiveOpens);
        visitor.Number("tcp_attempt_fails"u8, AttemptFailures);
        visitor.Number("tcp_estab_resets"u8, EstablishedResets);
        visitor.Number("tcp_curr_estab"u8, Established);
        visitor.Number("tcp_in_segs"u8, InSegments);
        visitor.Number("tcp_out_segs"u8, OutSegments);
        visitor.Number("tcp_retrans_segs"u8, Retransmitted);
        visitor.Number("tcp_in_errs"u8, InErrors);
        visitor.Number("tcp_out_rsts"u8, OutResets);
        visitor.Number("tcp_in_csum_errs"u8, InChecksumErrors);
    }
}
