using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Ports after address translation (sFlow NAT port structure, <c>extended_nat_port</c>).</summary>
public readonly struct ExtendedNatPort : IRecord<ExtendedNatPort>
{
    /// <summary>Data format 0:1020.</summary>
    public const uint Tag = 1020;

    /// <summary>Source port after translation.</summary>
    public readonly XdrUInt32 SourcePort;

    /// <summary>Destination port after translation.</summary>
    public readonly XdrUInt32 DestinationPort;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedNatPort record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("src_port"u8, SourcePort);
        visitor.Number("dst_port"u8, DestinationPort);
    }
}
