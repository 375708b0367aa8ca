using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>The queue that the packet met (sFlow transit delay structures, <c>extended_queue</c>).</summary>
public readonly struct ExtendedQueueDepth : IRecord<ExtendedQueueDepth>
{
    /// <summary>Data format 0:1040.</summary>
    public const uint Tag = 1040;

    /// <summary>Bytes in the queue when the packet left it.</summary>
    public readonly XdrUInt32 Depth;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedQueueDepth record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("depth"u8, Depth);
    }
}
