using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>
/// What was counted in one window between two hosts of one service. The figures are those of <see cref="FlowTotals"/>; bytes and packets
/// stop at the maximum of 64 bits. Ids are those of <see cref="HistoryNames"/>.
/// </summary>
internal struct HistoryRow
{
    public int Source, Destination;

    /// <summary>The server's service; 0 is none.</summary>
    public int Service;

    /// <summary>Whether a port of either side is a node port, so that the locality is not known.</summary>
    public bool IsNodePort;

    public HistorySums Sums;
}

/// <summary>Estimated volume and its variance (bytes squared, packets squared).</summary>
internal struct HistorySums
{
    public ulong Bytes, Packets, Samples;
    public double BytesVariance, PacketsVariance;

    /// <summary>Bytes and packets stop at their maximum.</summary>
    public static HistorySums Of(in FlowTotals totals) => new()
    {
        Bytes = ulong.CreateSaturating(totals.Bytes),
        Packets = ulong.CreateSaturating(totals.Packets),
        Samples = totals.Samples,
        BytesVariance = totals.BytesVariance,
        PacketsVariance = totals.PacketsVariance,
    };

    /// <summary>Adds other sums. Bytes and packets stop at their maximum.</summary>
    public void Add(in HistorySums other)
    {
        Bytes = Sum(Bytes, other.Bytes);
        Packets = Sum(Packets, other.Packets);
        Samples += other.Samples;
        BytesVariance += other.BytesVariance;
        PacketsVariance += other.PacketsVariance;
    }

    private static ulong Sum(ulong one, ulong other) => one + other is var sum && sum >= one ? sum : ulong.MaxValue;
}
