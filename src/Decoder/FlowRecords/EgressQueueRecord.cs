using SFlow.Internals;

namespace SFlow.FlowRecords;

/// <summary>Queue by which the packet left (sFlow, <c>extended_egress_queue</c>).</summary>
public readonly ref struct EgressQueueRecord
{
    /// <summary>Data format 0:1036.</summary>
    public const uint Tag = 1036;

    private const int Length = 4;

    private readonly ReadOnlySpan<byte> data;

    private EgressQueueRecord(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Number of the queue.</summary>
    public uint Queue => Wire.UInt32(data, 0);

    /// <summary>Reads the record; false when it is too short. Bytes that a later version may have added at its end are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out EgressQueueRecord record)
    {
        bool whole = data.Length >= Length;
        record = whole ? new EgressQueueRecord(data) : default;
        return whole;
    }
}
