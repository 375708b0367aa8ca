using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Count</c>: the series budget and what a sample must keep to be believed.</summary>
internal sealed class CountOptions
{
    [Option("--series-limit", "Series of one family at most, the remainder __other__ included.")]
    [Range(2, 1_000_000)]
    public int SeriesLimit { get; set; } = 2_000;

    [Option("--max-sampling-rate", "Samples that claim a higher sampling rate are named, not counted.")]
    [Range(1, 4_294_967_295d)]
    public uint MaximumSamplingRate { get; set; } = 16_777_216;
}
