using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Where the inner packet begins in the sampled header (sFlow tunnel structures, <c>extended_decapsulate_egress</c> and <c>extended_decapsulate_ingress</c>).</summary>
public readonly struct ExtendedDecapsulate : IRecord<ExtendedDecapsulate>
{
    /// <summary>Data format 0:1027: before the packet leaves.</summary>
    public const uint EgressTag = 1027;

    /// <summary>Data format 0:1028: when the packet came.</summary>
    public const uint IngressTag = 1028;

    /// <summary>Bytes of the sampled header before the inner packet.</summary>
    public readonly XdrUInt32 InnerHeaderOffset;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedDecapsulate record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("inner_header_offset"u8, InnerHeaderOffset);
    }
}
