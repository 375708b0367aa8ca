using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Count</c>: the series budget and what a sample must keep to be believed.</summary>
internal sealed class CountOptions
{
    [Option("--series-limit", "Maximum series of one metric family, including the remainder __other__.")]
    [Range(2, 1_000_000)]
    public int SeriesLimit { get; set; } = 2_000;

    [Option("--max-sampling-rate", "Maximum sampling rate that is accepted. Flow samples with a higher sampling rate are rejected and counted by reason.")]
    [Range(1, 4_294_967_295d)]
    public uint MaximumSamplingRate { get; set; } = 16_777_216;
}
