using SFlow.Internals;

namespace SFlow.Samples;

/// <summary>Counters of one data source (sFlow version 5, <c>counters_sample</c> and <c>counters_sample_expanded</c>).</summary>
public readonly ref struct CounterSample
{
    /// <summary>Compact form: the data source in one word.</summary>
    public const uint CompactTag = 2;

    /// <summary>Expanded form: the data source in two words.</summary>
    public const uint ExpandedTag = 4;

    private const int CompactLength = 12, ExpandedLength = 16;

    private readonly ReadOnlySpan<byte> data;

    private CounterSample(ReadOnlySpan<byte> data, bool expanded)
    {
        this.data = data;
        IsExpanded = expanded;
    }

    /// <summary>True for the expanded form.</summary>
    public bool IsExpanded { get; }

    /// <summary>Number of the sample, by data source.</summary>
    public uint Sequence => Wire.UInt32(data, 0);

    /// <summary>Whose counters these are.</summary>
    public DataSource Source => IsExpanded
        ? new DataSource(Wire.UInt32(data, 4), Wire.UInt32(data, 8))
        : DataSource.FromCompact(Wire.UInt32(data, 4));

    /// <summary>The counter records. A fresh walk from the first one at each call; bytes after the last one are allowed.</summary>
    public StructureEnumerator Records
    {
        get
        {
            int length = IsExpanded ? ExpandedLength : CompactLength;
            return new(Wire.From(data, length, data.Length - length), Wire.UInt32(data, length - 4), DecodeStatus.Malformed);
        }
    }

    /// <summary>Reads a sample of either form; false when it is neither, or too short for its fixed part.</summary>
    public static bool TryRead(scoped in Structure sample, out CounterSample counters)
    {
        bool expanded = sample.Tag == ExpandedTag;
        if ((expanded || sample.Tag == CompactTag) && sample.Data.Length >= (expanded ? ExpandedLength : CompactLength))
        {
            counters = new CounterSample(sample.Data, expanded);
            return true;
        }
        counters = default;
        return false;
    }
}
