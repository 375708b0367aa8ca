using SFlow.Internals;

namespace SFlow.Samples;

/// <summary>One packet that the agent discarded, and why (sFlow dropped packet notification, <c>discarded_packet</c>).</summary>
public readonly ref struct DiscardedPacket
{
    /// <summary>Data format 0:5.</summary>
    public const uint Tag = 5;

    private const int FixedLength = 32;

    private readonly ReadOnlySpan<byte> data;

    private DiscardedPacket(ReadOnlySpan<byte> data) => this.data = data;

    /// <summary>Number of the notification, by data source.</summary>
    public uint Sequence => Wire.UInt32(data, 0);

    /// <summary>Who discarded the packet.</summary>
    public DataSource Source => new(Wire.UInt32(data, 4), Wire.UInt32(data, 8));

    /// <summary>Notifications that the agent lost so far.</summary>
    public uint Drops => Wire.UInt32(data, 12);

    /// <summary>ifIndex by which the packet came, 0 for unknown.</summary>
    public uint Input => Wire.UInt32(data, 16);

    /// <summary>ifIndex by which the packet would have left, 0 for unknown.</summary>
    public uint Output => Wire.UInt32(data, 20);

    /// <summary>Why: a number of <c>drop_reason</c>.</summary>
    public uint Reason => Wire.UInt32(data, 24);

    /// <summary>The flow records. A fresh walk from the first one at each call.</summary>
    public StructureEnumerator Records =>
        new(Wire.From(data, FixedLength, data.Length - FixedLength), Wire.UInt32(data, FixedLength - 4), DecodeStatus.Malformed);

    /// <summary>Reads a sample; false when it is of another type, or too short for its fixed part.</summary>
    public static bool TryRead(scoped in Structure sample, out DiscardedPacket discarded)
    {
        bool whole = sample.Tag == Tag && sample.Data.Length >= FixedLength;
        discarded = whole ? new DiscardedPacket(sample.Data) : default;
        return whole;
    }
}
