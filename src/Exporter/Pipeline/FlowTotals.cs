using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Estimated volume of one series and its variance. Bytes, packets and samples are exact integers. The variances (bytes squared, packets
/// squared) only grow, and sums over series, workers or time are sums of each. Bytes and packets have 128 bits, so even forged samples
/// over years do not wrap them.
/// </summary>
internal record struct FlowTotals(UInt128 Bytes, UInt128 Packets, ulong Samples, double BytesVariance = 0, double PacketsVariance = 0)
{
    /// <summary>Confidence interval of the bytes.</summary>
    public readonly EstimateError BytesError => EstimateError.Of((double)Bytes, BytesVariance, Samples);

    /// <summary>Confidence interval of the packets.</summary>
    public readonly EstimateError PacketsError => EstimateError.Of((double)Packets, PacketsVariance, Samples);

    /// <summary>Adds a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Flow sample)
    {
        Bytes += sample.Bytes;
        Packets += sample.Packets;
        Samples++;
        (double bytes, double packets) = sample.Before.Variances(sample);
        BytesVariance += bytes;
        PacketsVariance += packets;
    }

    public static FlowTotals operator +(FlowTotals a, FlowTotals b) =>
        new(a.Bytes + b.Bytes, a.Packets + b.Packets, a.Samples + b.Samples, a.BytesVariance + b.BytesVariance, a.PacketsVariance + b.PacketsVariance);
}

/// <summary>Labels of one series, and when it was born (nanoseconds of Unix time).</summary>
internal sealed record FlowSeries(string SourceNamespace, string DestinationNamespace, string ServerService, long BornNanoseconds);

/// <summary>
/// What metrics, page and commands read of the counted flows: rows are only ever added, row 0 is the remainder
/// (<see cref="ReservedLabels.Other"/> in every label), and the sum over all rows is the total.
/// </summary>
internal interface IFlowFamily
{
    /// <summary>Rows in use, the remainder included; at most <see cref="Limit"/>.</summary>
    int Count { get; }
    int Limit { get; }
    /// <summary>Samples that went to the remainder because the family was full.</summary>
    long Folded { get; }
    FlowSeries Series(int row);
    /// <summary>Sums of all workers for rows 0 to <c>totals.Length - 1</c>.</summary>
    void Read(Span<FlowTotals> totals);
}
