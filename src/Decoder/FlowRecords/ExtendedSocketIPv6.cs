using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Local and remote socket of an IPv6 connection as its host sees it (sFlow host structures, <c>extended_socket_ipv6</c>).</summary>
public readonly struct ExtendedSocketIPv6 : IRecord<ExtendedSocketIPv6>
{
    /// <summary>Data format 0:2101: the socket of the sampled operation.</summary>
    public const uint Tag = 2101;

    /// <summary>Data format 0:2103: <c>extended_proxy_socket_ipv6</c>, the connection behind a proxy.</summary>
    public const uint ProxyTag = 2103;

    /// <summary>IP protocol.</summary>
    public readonly XdrUInt32 Protocol;

    /// <summary>Address of this end.</summary>
    public readonly XdrIPv6 LocalAddress;

    /// <summary>Address of the other end.</summary>
    public readonly XdrIPv6 RemoteAddress;

    /// <summary>Port of this end.</summary>
    public readonly XdrUInt32 LocalPort;

    /// <summary>Port of the other end.</summary>
    public readonly XdrUInt32 RemotePort;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedSocketIPv6 record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("protocol"u8, Protocol);
        visitor.Address("local_ip"u8, LocalAddress);
        visitor.Address("remote_ip"u8, RemoteAddress);
        visitor.Number("local_port"u8, LocalPort);
        visitor.Number("remote_port"u8, RemotePort);
    }
}
