using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Queue by which the packet left a Broadcom switch (sFlow Broadcom peak buffer structures, <c>extended_bst_egress_queue</c>).</summary>
public readonly struct BroadcomEgressQueueRecord : IRecord<BroadcomEgressQueueRecord>
{
    /// <summary>Data format 4413:1.</summary>
    public const uint Tag = 4413 << 12 | 1;

    /// <summary>Number of the queue.</summary>
    public readonly XdrUInt32 Queue;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out BroadcomEgressQueueRecord record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("queue"u8, Queue);
    }
}
