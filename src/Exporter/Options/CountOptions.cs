using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Count</c>: the metric families with their limits, and what a sample must keep to be believed.</summary>
internal sealed class CountOptions
{
    public const int MostSeries = 1_000_000;

    [Option("--families", "Enable these metric families: locality, workload, node, backend, external. Separate them by commas. Empty enables none of them. namespace_pair, flow and acknowledged are always enabled.", Placeholder = "LIST")]
    public string Families { get; set; } = "locality,node,backend,external";

    [Option("--series-limits", "Maximum series of single metric families, including the remainder __other__. Example: namespace_pair=10000,workload=20000. Empty keeps the defaults: 5000 for namespace_pair and workload, 1000 for backend, 2000 for the rest.", Placeholder = "LIST")]
    public string SeriesLimits { get; set; } = "";

    [Option("--series-labels", "Keep only these labels of a metric family, so that it has fewer series. Example: node=source_zone+destination_zone. Empty keeps all labels.", Placeholder = "LIST")]
    public string SeriesLabels { get; set; } = "";

    [Option("--series-limit", "Maximum series of every metric family that --series-limits does not name, including the remainder __other__. 0 keeps the defaults of the families.")]
    [Range(0, MostSeries)]
    public int SeriesLimit { get; set; }

    [Option("--series-idle", "Maximum time that a series is kept without a sample. Then it moves to the remainder __other__. 0 keeps idle series until heavier ones need their places.")]
    [DurationRange("0s", "365d")]
    public TimeSpan SeriesIdle { get; set; } = TimeSpan.FromDays(1);

    [Option("--workload-namespaces", "Name the workloads of these namespaces only, in the metric family workload. * matches any text. Example: shop,openshift-*. Empty names those of all namespaces.", Placeholder = "LIST")]
    public string WorkloadNamespaces { get; set; } = "";

    [Option("--max-sampling-rate", "Maximum sampling rate that is accepted. Flow samples with a higher sampling rate are rejected and counted by reason.")]
    [Range(1, 4_294_967_295d)]
    public uint MaximumSamplingRate { get; set; } = 16_777_216;
}
