using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>ICMP of a host (sFlow host TCP/IP structures, <c>mib2_icmp_group</c>, after RFC 1213): messages by type. Unknown counters are all ones.</summary>
public readonly struct HostIcmpCounters : IRecord<HostIcmpCounters>
{
    /// <summary>Data format 0:2008.</summary>
    public const uint Tag = 2008;

    /// <summary>Received.</summary>
    public readonly XdrUInt32 InMessages;

    /// <summary>Received with errors.</summary>
    public readonly XdrUInt32 InErrors;

    /// <summary>Received: destination unreachable.</summary>
    public readonly XdrUInt32 InDestinationUnreachable;

    /// <summary>Received: time exceeded.</summary>
    public readonly XdrUInt32 InTimeExceeded;

    /// <summary>Received: parameter problem.</summary>
    public readonly XdrUInt32 InParameterProblem;

    /// <summary>Received: source quench.</summary>
    public readonly XdrUInt32 InSourceQuench;

    /// <summary>Received: redirect.</summary>
    public readonly XdrUInt32 InRedirect;

    /// <summary>Received: echo request.</summary>
    public readonly XdrUInt32 InEcho;

    /// <summary>Received: echo reply.</summary>
    public readonly XdrUInt32 InEchoReply;

    /// <summary>Received: timestamp request.</summary>
    public readonly XdrUInt32 InTimestamp;

    /// <summary>Received: address mask request.</summary>
    public readonly XdrUInt32 InAddressMask;

    /// <summary>Received: address mask reply.</summary>
    public readonly XdrUInt32 InAddressMaskReply;

    /// <summary>Sent.</summary>
    public readonly XdrUInt32 OutMessages;

    /// <summary>Not sent for errors.</summary>
    public readonly XdrUInt32 OutErrors;

    /// <summary>Sent: destination unreachable.</summary>
    public readonly XdrUInt32 OutDestinationUnreachable;

    /// <summary>Sent: time exceeded.</summary>
    public readonly XdrUInt32 OutTimeExceeded;

    /// <summary>Sent: parameter problem.</summary>
    public readonly XdrUInt32 OutParameterProblem;

    /// <summary>Sent: source quench.</summary>
    public readonly XdrUInt32 OutSourceQuench;

    /// <summary>Sent: redirect.</summary>
    public readonly XdrUInt32 OutRedirect;

    /// <summary>Sent: echo request.</summary>
    public readonly XdrUInt32 OutEcho;

    /// <summary>Sent: echo reply.</summary>
    public readonly XdrUInt32 OutEchoReply;

    /// <summary>Sent: timestamp request.</summary>
    public readonly XdrUInt32 OutTimestamp;

    /// <summary>Sent: timestamp reply.</summary>
    public readonly XdrUInt32 OutTimestampReply;

    /// <summary>Sent: address mask request.</summary>
    public readonly XdrUInt32 OutAddressMask;

    /// <summary>Sent: address mask reply.</summary>
    public readonly XdrUInt32 OutAddressMaskReply;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostIcmpCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("icmp_in_msgs"u8, InMessages);
        visitor.Number("icmp_in_errors"u8, InErrors);
        visitor.Number("icmp_in_dest_unreachs"u8, InDestinationUnreachable);
        visitor.Number("icmp_in_time_excds"u8, InTimeExceeded);
        visitor.Number("icmp_in_param_probs"u8, InParameterProblem);
        visitor.Number("icmp_in_src_quenchs"u8, InSourceQuench);
        visitor.Number("icmp_in_redirects"u8, InRedirect);
        visitor.Number("icmp_in_echos"u8, InEcho);
        visitor.Number("icmp_in_echo_reps"u8, InEchoReply);
        visitor.Number("icmp_in_timestamps"u8, InTimestamp);
        visitor.Number("icmp_in_addr_masks"u8, InAddressMask);
        visitor.Number("icmp_in_addr_mask_reps"u8, InAddressMaskReply);
        visitor.Number("icmp_out_msgs"u8, OutMessages);
        visitor.Number("icmp_out_errors"u8, OutErrors);
        visitor.Number("icmp_out_dest_unreachs"u8, OutDestinationUnreachable);
        visitor.Number("icmp_out_time_excds"u8, OutTimeExceeded);
        visitor.Number("icmp_out_param_probs"u8, OutParameterProblem);
        visitor.Number("icmp_out_src_quenchs"u8, OutSourceQuench);
        visitor.Number("icmp_out_redirects"u8, OutRedirect);
        visitor.Number("icmp_out_echos"u8, OutEcho);
        visitor.Number("icmp_out_echo_reps"u8, OutEchoReply);
        visitor.Number("icmp_out_timestamps"u8, OutTimestamp);
        visitor.Number("icmp_out_timestamp_reps"u8, OutTimestampReply);
        visitor.Number("icmp_out_addr_masks"u8, OutAddressMask);
        visitor.Number("icmp_out_addr_mask_reps"u8, OutAddressMaskReply);
    }
}
