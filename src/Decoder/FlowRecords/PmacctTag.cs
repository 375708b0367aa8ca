using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Tags that pmacct gave the flow (<c>tag</c> of pmacct).</summary>
public readonly struct PmacctTag : IRecord<PmacctTag>
{
    /// <summary>Data format 43874:2.</summary>
    public const uint Tag = 43874 << 12 | 2;

    /// <summary>Its tag.</summary>
    public readonly XdrUInt64 First;

    /// <summary>Its second tag.</summary>
    public readonly XdrUInt64 Second;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out PmacctTag record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("tag"u8, First);
        visitor.Number("tag2"u8, Second);
    }
}
