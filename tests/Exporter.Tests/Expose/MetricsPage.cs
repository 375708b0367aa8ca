using System.Text;
using SFlow.Exporter.Expose;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Expose;

/// <summary>docs/metrics.md, from the catalogue. <c>SFLOW_WRITE_DOCS=1</c> when the tests run writes it anew.</summary>
internal static class MetricsPage
{
    public static string Write()
    {
        StringBuilder page = new();
        page.Append("""
            # Metrics

            `GET /metrics` on TCP 16343, as text 0.0.4 or OpenMetrics 1.0, packed with gzip for whoever asks. This page is made from the catalogue
            (`src/Exporter/Expose/MetricCatalogue.cs`); a test compares them, and `SFLOW_WRITE_DOCS=1` when tests run writes it anew.

            - Bytes and packets are estimates: each sample stands for as many packets as its sampling rate says.
            - The sum over a bounded family is the total: what has no series of its own is in `__other__`.
            - A Prometheus sees a new series at zero once and with its value from the next scrape on, so that `increase()` counts its first bytes;
              series older than five minutes come with their value at once, and whoever is not a Prometheus always reads the true values.
            - The closed label sets below are there at zero from the start.

            | metric | type | labels | meaning |
            |---|---|---|---|

            """);
        foreach (MetricDefinition metric in MetricCatalogue.All)
        {
            string labels = string.Join(", ", metric.Labels.Select(label => $"`{label}`"));
            page.Append($"| `{metric.Name}` | {metric.Type.ToString().ToLowerInvariant()} | {labels} | {metric.Help} |\n");
        }
        page.Append("\n" + """
            ## How sure an estimate is

            The truth is within ± *e* of the estimated bytes in 95 of 100 cases, datagrams lost on the way aside, where *e*, as a share of the estimate, is

                exp(1.96 * sqrt(sum(increase(sflow_flow_bytes_variance_total[5m]))) / sum(increase(sflow_flow_bytes_total[5m]))) - 1

            and the same with `packets`. Any `by (...)` and any matchers will do, as long as both sums have the same: variances add up as bytes do. Below 30
            samples (`sum(increase(sflow_flow_samples_total[5m])) < 30`) it claims nothing. Where every packet is sampled it is 0.
            [ADR 8](adr/0008-the-error-of-an-estimate.md) says why.


            """);
        page.Append("## Closed label sets\n\n");
        Values("`sflow_exporter_datagrams_total{status}`", Enum.GetValues<DatagramOutcome>().Select(LabelValue.Of));
        Values("`sflow_exporter_datagrams_dropped_total{reason}`",
            Enum.GetValues<DatagramOutcome>().Where(LabelValue.DropsWhole).Select(LabelValue.Of).Append(LabelValue.Kernel));
        Values("`sflow_exporter_samples_total{observation}`", Enum.GetValues<Observation>().Select(LabelValue.Of));
        Values("`sflow_exporter_samples_not_counted_total{reason}`", Enum.GetValues<SampleFault>().Where(fault => fault != SampleFault.None).Select(LabelValue.Of));
        Values("`sflow_exporter_samples_decoded_total{sample_type}`", ["flow", "counter"]);
        Values("`sflow_exporter_records_total{outcome}`", ["written", "already_there"]);
        Values("`sflow_exporter_records_lost_total{reason}`", Enum.GetValues<LossReason>().Select(LabelValue.Of));
        Values("`sflow_exporter_structures_skipped_total{kind}`", Enum.GetValues<StructureKind>().Select(LabelValue.Of));
        Values("`sflow_agent_samples_total{sample_type}`", ["flow", "counter"]);
        return page.ToString();

        void Values(string set, IEnumerable<string> values) => page.Append($"- {set}: {string.Join(", ", values.Select(value => $"`{value}`"))}\n");
    }
}
