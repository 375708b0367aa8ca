using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.CounterRecords;

/// <summary>Network of a host, all interfaces together (sFlow host structures, <c>host_net_io</c>). Unknown values are all ones.</summary>
public readonly struct HostNetIO : IRecord<HostNetIO>
{
    /// <summary>Data format 0:2006.</summary>
    public const uint Tag = 2006;

    /// <summary>Bytes received.</summary>
    public readonly XdrUInt64 BytesIn;

    /// <summary>Packets received.</summary>
    public readonly XdrUInt32 PacketsIn;

    /// <summary>Errors in receiving.</summary>
    public readonly XdrUInt32 ErrorsIn;

    /// <summary>Packets received and dropped.</summary>
    public readonly XdrUInt32 DropsIn;

    /// <summary>Bytes sent.</summary>
    public readonly XdrUInt64 BytesOut;

    /// <summary>Packets sent.</summary>
    public readonly XdrUInt32 PacketsOut;

    /// <summary>Errors in sending.</summary>
    public readonly XdrUInt32 ErrorsOut;

    /// <summary>Packets to send that were dropped.</summary>
    public readonly XdrUInt32 DropsOut;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out HostNetIO record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("bytes_in"u8, BytesIn);
        visitor.Number("pkts_in"u8, PacketsIn);
        visitor.Number("errs_in"u8, ErrorsIn);
        visitor.Number("drops_in"u8, DropsIn);
        visitor.Number("bytes_out"u8, BytesOut);
        visitor.Number("packets_out"u8, PacketsOut);
        visitor.Number("errs_out"u8, ErrorsOut);
        visitor.Number("drops_out"u8, DropsOut);
    }
}
