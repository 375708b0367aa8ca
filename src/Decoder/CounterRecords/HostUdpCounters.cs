using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>UDP of a host (sFlow host TCP/IP structures, <c>mib2_udp_group</c>, after RFC 1213). Unknown counters are all ones.</summary>
public readonly struct HostUdpCounters : IRecord<HostUdpCounters>
{
    /// <summary>Data format 0:2010.</summary>
    public const uint Tag = 2010;

    /// <summary>Datagrams received.</summary>
    public readonly XdrUInt32 InDatagrams;

    /// <summary>Datagrams to a port without listener.</summary>
    public readonly XdrUInt32 NoPorts;

    /// <summary>Datagrams received with errors.</summary>
    public readonly XdrUInt32 InErrors;

    /// <summary>Datagrams sent.</summary>
    public readonly XdrUInt32 OutDatagrams;

    /// <summary>Datagrams lost for want of receive buffer.</summary>
    public readonly XdrUInt32 ReceiveBufferErrors;

    /// <summary>Datagrams lost for want of send buffer.</summary>
    public readonly XdrUInt32 SendBufferErrors;

    /// <summary>Datagrams received with a wrong checksum.</summary>
    public readonly XdrUInt32 InChecksumErrors;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostUdpCounters record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("udp_in_datagrams"u8, InDatagrams);
        visitor.Number("udp_no_ports"u8, NoPorts);
        visitor.Number("udp_in_errors"u8, InErrors);
        visitor.Number("udp_out_datagrams"u8, OutDatagrams);
        visitor.Number("udp_rcvbuf_errors"u8, ReceiveBufferErrors);
        visitor.Number("udp_sndbuf_errors"u8, SendBufferErrors);
        visitor.Number("udp_in_csum_errors"u8, InChecksumErrors);
    }
}
