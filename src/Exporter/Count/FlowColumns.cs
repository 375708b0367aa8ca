using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The columns of families that split up the counted flows.</summary>
internal static class FlowColumns
{
    /// <summary>Volume and variances, for families whose series are looked at one by one.</summary>
    public static FamilyColumn[] All =>
    [
        new(FlowFigure.Bytes, "Estimated layer 2 bytes without the frame check sequence. Each packet counts once."),
        new(FlowFigure.Packets, "Estimated packets: the sum of the sampling rates of the samples. Each packet counts once."),
        new(FlowFigure.Samples, "Flow samples behind the estimates. Few samples mean a wide confidence interval."),
        new(FlowFigure.BytesVariance, "Variance of the estimated bytes, in bytes squared, for their 95 % confidence interval. Variances add up like bytes."),
        new(FlowFigure.PacketsVariance, "Variance of the estimated packets, in packets squared, for their 95 % confidence interval. Variances add up like packets."),
    ];

    /// <summary>Volume alone.</summary>
    /// <param name="split">By what the family splits it.</param>
    public static FamilyColumn[] Volume(string split) =>
    [
        new(FlowFigure.Bytes, $"Estimated bytes of sflow_flow_bytes_total, {split}"),
        new(FlowFigure.Packets, $"Estimated packets of sflow_flow_packets_total, {split}"),
    ];
}
