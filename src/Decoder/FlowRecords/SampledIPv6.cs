using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>An IPv6 packet as fields instead of bytes (sFlow version 5, <c>sampled_ipv6</c>); also the outer packet of a tunnel (sFlow tunnel structures).</summary>
public readonly struct SampledIPv6 : IRecord<SampledIPv6>
{
    /// <summary>Data format 0:4: the sampled packet itself.</summary>
    public const uint Tag = 4;

    /// <summary>Data format 0:1025: <c>extended_ipv6_tunnel_egress</c>, the tunnel by which the packet leaves.</summary>
    public const uint TunnelEgressTag = 1025;

    /// <summary>Data format 0:1026: <c>extended_ipv6_tunnel_ingress</c>, the tunnel by which the packet came.</summary>
    public const uint TunnelIngressTag = 1026;

    /// <summary>Length of the IP packet without layer 2, in bytes; 0 when unknown.</summary>
    public readonly XdrUInt32 IPLength;

    /// <summary>Next header.</summary>
    public readonly XdrUInt32 Protocol;

    /// <summary>Source address.</summary>
    public readonly XdrIPv6 Source;

    /// <summary>Destination address.</summary>
    public readonly XdrIPv6 Destination;

    /// <summary>Source port, 0 where the protocol has none.</summary>
    public readonly XdrUInt32 SourcePort;

    /// <summary>Destination port, 0 where the protocol has none.</summary>
    public readonly XdrUInt32 DestinationPort;

    /// <summary>TCP flags.</summary>
    public readonly XdrUInt32 TcpFlags;

    /// <summary>Traffic class (<c>priority</c> in the specification).</summary>
    public readonly XdrUInt32 Priority;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledIPv6 record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("length"u8, IPLength);
        visitor.Number("protocol"u8, Protocol);
        visitor.Address("src"u8, Source);
        visitor.Address("dst"u8, Destination);
        visitor.Number("src_port"u8, SourcePort);
        visitor.Number("dst_port"u8, DestinationPort);
        visitor.Number("tcp_flags"u8, TcpFlags);
        visitor.Number("tos"u8, Priority);
    }
}
