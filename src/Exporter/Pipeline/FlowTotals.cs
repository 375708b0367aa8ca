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

    /// <summary>One figure, as metrics have it.</summary>
    public readonly double this[FlowFigure figure] => figure switch
    {
        FlowFigure.Bytes => (double)Bytes,
        FlowFigure.Packets => (double)Packets,
        FlowFigure.Samples => Samples,
        FlowFigure.BytesVariance => BytesVariance,
        _ => PacketsVariance,
    };

    /// <summary>What was counted since an earlier state. Totals never decrease; of the variances, the last digits may.</summary>
    public readonly FlowTotals Less(FlowTotals before) =>
        new(Bytes - before.Bytes, Packets - before.Packets, Samples - before.Samples, Math.Max(0, BytesVariance - before.BytesVariance), Math.Max(0, PacketsVariance - before.PacketsVariance));

    public static FlowTotals operator +(FlowTotals a, FlowTotals b) =>
        new(a.Bytes + b.Bytes, a.Packets + b.Packets, a.Samples + b.Samples, a.BytesVariance + b.BytesVariance, a.PacketsVariance + b.PacketsVariance);
}

/// <summary>The figures of a <see cref="FlowTotals"/>.</summary>
internal enum FlowFigure { Bytes, Packets, Samples, BytesVariance, PacketsVariance }
