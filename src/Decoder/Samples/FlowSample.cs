using System.Runtime.CompilerServices;
using SFlow.Internals;

namespace SFlow.Samples;

/// <summary>One sampled packet: where and at which rate it was taken, and its records (sFlow version 5, <c>flow_sample</c> and <c>flow_sample_expanded</c>).</summary>
public readonly ref struct FlowSample
{
    /// <summary>Compact form: data source and interfaces in one word each.</summary>
    public const uint CompactTag = 1;

    /// <summary>Expanded form: two words each, for large numbers.</summary>
    public const uint ExpandedTag = 3;

    private const int CompactLength = 32, ExpandedLength = 44, CompactRate = 8, ExpandedRate = 12;

    private readonly ReadOnlySpan<byte> data;

    private FlowSample(ReadOnlySpan<byte> data, bool expanded)
    {
        this.data = data;
        IsExpanded = expanded;
    }

    /// <summary>True for the expanded form.</summary>
    public bool IsExpanded { get; }

    /// <summary>The sample's bytes, its fixed part and its records.</summary>
    public ReadOnlySpan<byte> Data => data;

    /// <summary>Number of the sample, by data source.</summary>
    public uint Sequence => Wire.UInt32(data, 0);

    /// <summary>Where the sample was taken.</summary>
    public DataSource Source
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsExpanded
            ? new DataSource(Wire.UInt32(data, 4), Wire.UInt32(data, 8))
            : DataSource.FromCompact(Wire.UInt32(data, 4));
    }

    /// <summary>One packet in so many is sampled. 0 is not allowed, yet seen.</summary>
    public uint SamplingRate => Wire.UInt32(data, Rate);

    /// <summary>Packets that could have been sampled so far.</summary>
    public uint SamplePool => Wire.UInt32(data, Rate + 4);

    /// <summary>Samples that the agent lost for want of resources so far.</summary>
    public uint Drops => Wire.UInt32(data, Rate + 8);

    /// <summary>Interface by which the packet came.</summary>
    public Interface Input
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsExpanded
            ? new Interface(Wire.UInt32(data, 24), Wire.UInt32(data, 28))
            : Interface.FromCompact(Wire.UInt32(data, 20));
    }

    /// <summary>Interface by which the packet left.</summary>
    public Interface Output
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsExpanded
            ? new Interface(Wire.UInt32(data, 32), Wire.UInt32(data, 36))
            : Interface.FromCompact(Wire.UInt32(data, 24));
    }

    /// <summary>The flow records. A fresh walk from the first one at each call; bytes after the last one are allowed.</summary>
    public StructureEnumerator Records
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int length = IsExpanded ? ExpandedLength : CompactLength;
            return new(Wire.From(data, length, data.Length - length), Wire.UInt32(data, length - 4), DecodeStatus.Malformed);
        }
    }

    private int Rate => IsExpanded ? ExpandedRate : CompactRate;

    /// <summary>Reads a sample of either form; false when it is neither, or too short for its fixed part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(scoped in Structure sample, out FlowSample flow)
    {
        bool expanded = sample.Tag == ExpandedTag;
        if ((expanded || sample.Tag == CompactTag) && sample.Data.Length >= (expanded ? ExpandedLength : CompactLength))
        {
            flow = new FlowSample(sample.Data, expanded);
            return true;
        }
        flow = default;
        return false;
    }
}
