using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Network of a virtual machine or container (sFlow host structures, <c>virt_net_io</c>). Unknown counters are all ones.</summary>
public readonly struct VirtualNetIO : IRecord<VirtualNetIO>
{
    /// <summary>Data format 0:2104.</summary>
    public const uint Tag = 2104;

    /// <summary>Bytes received.</summary>
    public readonly XdrUInt64 BytesReceived;

    /// <summary>Packets received.</summary>
    public readonly XdrUInt32 PacketsReceived;

    /// <summary>Errors in receiving.</summary>
    public readonly XdrUInt32 ErrorsReceived;

    /// <summary>Packets received and dropped.</summary>
    public readonly XdrUInt32 DropsReceived;

    /// <summary>Bytes sent.</summary>
    public readonly XdrUInt64 BytesSent;

    /// <summary>Packets sent.</summary>
    public readonly XdrUInt32 PacketsSent;

    /// <summary>Errors in sending.</summary>
    public readonly XdrUInt32 ErrorsSent;

    /// <summary>Packets to send that were dropped.</summary>
    public readonly XdrUInt32 DropsSent;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out VirtualNetIO record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("rx_bytes"u8, BytesReceived);
        visitor.Number("rx_packets"u8, PacketsReceived);
        visitor.Number("rx_errs"u8, ErrorsReceived);
        visitor.Number("rx_drop"u8, DropsReceived);
        visitor.Number("tx_bytes"u8, BytesSent);
        visitor.Number("tx_packets"u8, PacketsSent);
        visitor.Number("tx_errs"u8, ErrorsSent);
        visitor.Number("tx_drop"u8, DropsSent);
    }
}
