using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Which entities of the host talk (sFlow host structures, <c>extended_entities</c>), as data sources.</summary>
public readonly struct ExtendedEntities : IRecord<ExtendedEntities>
{
    /// <summary>Data format 0:2210.</summary>
    public const uint Tag = 2210;

    /// <summary>Type of the source's data source.</summary>
    public readonly XdrUInt32 SourceClass;

    /// <summary>Index of the source's data source.</summary>
    public readonly XdrUInt32 SourceIndex;

    /// <summary>Type of the destination's data source.</summary>
    public readonly XdrUInt32 DestinationClass;

    /// <summary>Index of the destination's data source.</summary>
    public readonly XdrUInt32 DestinationIndex;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedEntities record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("src_class"u8, SourceClass);
        visitor.Number("src_index"u8, SourceIndex);
        visitor.Number("dst_class"u8, DestinationClass);
        visitor.Number("dst_index"u8, DestinationIndex);
    }
}
