using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>IP of a host (sFlow host TCP/IP structures, <c>mib2_ip_group</c>, after RFC 1213). Unknown counters are all ones.</summary>
public readonly struct HostIPCounters : IRecord<HostIPCounters>
{
    /// <summary>Data format 0:2007.</summary>
    public const uint Tag = 2007;

    /// <summary>1 a router, 2 not one.</summary>
    public readonly XdrUInt32 Forwarding;

    /// <summary>Time to live of packets sent.</summary>
    public readonly XdrUInt32 DefaultTimeToLive;

    /// <summary>Packets received.</summary>
    public readonly XdrUInt32 InReceives;

    /// <summary>Packets with a wrong header.</summary>
    public readonly XdrUInt32 InHeaderErrors;

    /// <summary>Packets to a wrong address.</summary>
    public readonly XdrUInt32 InAddressErrors;

    /// <summary>Packets forwarded.</summary>
    public readonly XdrUInt32 Forwarded;

    /// <summary>Packets of unknown protocols.</summary>
    public readonly XdrUInt32 InUnknownProtocols;

    /// <summary>Packets received and discarded.</summary>
    public readonly XdrUInt32 InDiscards;

    /// <summary>Packets delivered.</summary>
    public readonly XdrUInt32 InDelivers;

    /// <summary>Packets to send.</summary>
    public readonly XdrUInt32 OutRequests;

    /// <summary>Packets to send that were discarded.</summary>
    public readonly XdrUInt32 OutDiscards;

    /// <summary>Packets without a route.</summary>
    public readonly XdrUInt32 OutNoRoutes;

    /// <summary>Seconds that fragments are kept.</summary>
    public readonly XdrUInt32 ReassemblyTimeout;

    /// <summary>Fragments received.</summary>
    public readonly XdrUInt32 ReassemblyRequests;

    /// <summary>Packets put together.</summary>
    public readonly XdrUInt32 Reassembled;

    /// <summary>Packets that could not be put together.</summary>
    public readonly XdrUInt32 ReassemblyFailures;

    /// <summary>Packets cut into fragments.</summary>
    public readonly XdrUInt32 Fragmented;

    /// <summary>Packets that were not allowed to be cut.</summary>
    public readonly XdrUInt32 FragmentationFailures;

    /// <summary>Fragments made.</summary>
    public readonly XdrUInt32 FragmentsCreated;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostIPCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("ip_forwarding"u8, Forwarding);
        visitor.Number("ip_default_ttl"u8, DefaultTimeToLive);
        visitor.Number("ip_in_receives"u8, InReceives);
        visitor.Number("ip_in_hdr_errors"u8, InHeaderErrors);
        visitor.Number("ip_in_addr_errors"u8, InAddressErrors);
        visitor.Number("ip_forw_datagrams"u8, Forwarded);
        visitor.Number("ip_in_unknown_protos"u8, InUnknownProtocols);
        visitor.Number("ip_in_discards"u8, InDiscards);
        visitor.Number("ip_in_delivers"u8, InDelivers);
        visitor.Number("ip_out_requests"u8, OutRequests);
        visitor.Number("ip_out_discards"u8, OutDiscards);
        visitor.Number("ip_out_no_routes"u8, OutNoRoutes);
        visitor.Number("ip_reasm_timeout"u8, ReassemblyTimeout);
        visitor.Number("ip_reasm_reqds"u8, ReassemblyRequests);
        visitor.Number("ip_reasm_oks"u8, Reassembled);
        visitor.Number("ip_reasm_fails"u8, ReassemblyFailures);
        visitor.Number("ip_frag_oks"u8, Fragmented);
        visitor.Number("ip_frag_fails"u8, FragmentationFailures);
        visitor.Number("ip_frag_creates"u8, FragmentsCreated);
    }
}
