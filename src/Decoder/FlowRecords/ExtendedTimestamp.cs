using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>When the packet was seen (sFlow, <c>extended_timestamp</c>).</summary>
public readonly struct ExtendedTimestamp : IRecord<ExtendedTimestamp>
{
    /// <summary>Data format 0:1043.</summary>
    public const uint Tag = 1043;

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    public readonly XdrUInt64 Nanoseconds;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedTimestamp record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("nanoseconds"u8, Nanoseconds);
    }
}
