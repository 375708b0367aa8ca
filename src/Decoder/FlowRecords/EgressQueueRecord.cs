using SFlow.Internals;
using SFlow.Xdr;

namespace SFlow.FlowRecords;

/// <summary>Queue by which the packet left (sFlow, <c>extended_egress_queue</c>).</summary>
public readonly struct EgressQueueRecord : IRecord<EgressQueueRecord>
{
    /// <summary>Data format 0:1036.</summary>
    public const uint Tag = 1036;

    /// <summary>Number of the queue.</summary>
    public readonly XdrUInt32 Queue;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> data, out EgressQueueRecord record) => FixedSize.TryRead(data, out record);

    /// <inheritdoc/>
    public void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Number("queue"u8, Queue);
    }
}
