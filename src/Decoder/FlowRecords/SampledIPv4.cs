using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>An IPv4 packet as fields instead of bytes (sFlow version 5, <c>sampled_ipv4</c>); also the outer packet of a tunnel (sFlow tunnel structures).</summary>
public readonly struct SampledIPv4 : IRecord<SampledIPv4>
{
    /// <summary>Data format 0:3: the sampled packet itself.</summary>
    public const uint Tag = 3;

    /// <summary>Data format 0:1023: <c>extended_ipv4_tunnel_egress</c>, the tunnel by which the packet leaves.</summary>
    public const uint TunnelEgressTag = 1023;

    /// <summary>Data format 0:1024: <c>extended_ipv4_tunnel_ingress</c>, the tunnel by which the packet came.</summary>
    public const uint TunnelIngressTag = 1024;

    /// <summary>Length of the IP packet without layer 2, in bytes; 0 when unknown.</summary>
    public readonly XdrUInt32 IPLength;

    /// <summary>IP protocol.</summary>
    public readonly XdrUInt32 Protocol;

    /// <summary>Source address.</summary>
    public readonly XdrIPv4 Source;

    /// <summary>Destination address.</summary>
    public readonly XdrIPv4 Destination;

    /// <summary>Source port as on the wire; <see cref="TunnelPorts"/> knows of agents that swap its bytes.</summary>
    public readonly XdrUInt32 SourcePort;

    /// <summary>Destination port as on the wire, like the source port.</summary>
    public readonly XdrUInt32 DestinationPort;

    /// <summary>TCP flags.</summary>
    public readonly XdrUInt32 TcpFlags;

    /// <summary>Type of service.</summary>
    public readonly XdrUInt32 TypeOfService;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out SampledIPv4 record) => FixedSize.TryRead(data, out record);

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
        visitor.Number("tos"u8, TypeOfService);
    }
}
