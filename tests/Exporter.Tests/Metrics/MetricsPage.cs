using System.Text;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Web;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>docs/metrics.md, from the catalogue. <c>SFLOW_WRITE_DOCS=1</c> when the tests run writes it anew.</summary>
internal static class MetricsPage
{
    public static string Write()
    {
        StringBuilder page = new();
        page.Append("""
            # Metrics

            `GET /metrics` on TCP 16343, as text 0.0.4 or OpenMetrics 1.0, packed with gzip for whoever asks. This page is made from the catalogue
            (`src/Exporter/Metrics/MetricCatalogue.cs`); a test compares them, and `SFLOW_WRITE_DOCS=1` when tests run writes it anew.

            - Bytes and packets are estimates: each sample stands for as many packets as its sampling rate says.
            - The sum over a bounded family is the total: what has no series of its own is in `__other__`.
            - A Prometheus sees a new series at zero once and with its value from the next scrape on, so that `increase()` counts its first bytes;
              series older than five minutes come with their value at once, and whoever is not a Prometheus always reads the true values.
            - The closed label sets below are there at zero from the start.
            - The agent `__other__` is the sum of all agents without metrics of their own: strangers to the cluster, and agents beyond `--max-agents`.
              With everything full, a scrape has fewer samples than the `sampleLimit` of `deploy/base/servicemonitor.yaml`.

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
        Values("`sflow_exporter_datagrams_total{status}`", Enum.GetValues<DatagramOutcome>().Select(SnakeCase.Of));
        Values("`sflow_exporter_datagrams_dropped_total{reason}`",
            Enum.GetValues<DatagramOutcome>().Where(DropReason.DropsWhole).Select(SnakeCase.Of).Append(DropReason.Kernel));
        Values("`sflow_exporter_samples_total{observation}`", Enum.GetValues<Observation>().Select(SnakeCase.Of));
        Values("`sflow_exporter_server_samples_total{reason}`", Enum.GetValues<ServerReason>().Select(SnakeCase.Of));
        Values("`sflow_exporter_samples_not_counted_total{reason}`", Enum.GetValues<SampleFault>().Where(fault => fault != SampleFault.None).Select(SnakeCase.Of));
        Values("`sflow_exporter_samples_decoded_total{sample_type}`", ["flow", "counter"]);
        Values("`sflow_exporter_records_total{outcome}`", ["written", "already_there"]);
        Values("`sflow_exporter_records_lost_total{reason}`", Enum.GetValues<LossReason>().Select(SnakeCase.Of));
        Values("`sflow_exporter_structures_skipped_total{kind}`", Enum.GetValues<StructureKind>().Select(SnakeCase.Of));
        Values("`sflow_exporter_geoip_loads_total{outcome}`", ["loaded", "failed"]);
        Values("`sflow_exporter_http_refused_total{reason}`", Enum.GetValues<HttpRefusal>().Select(SnakeCase.Of));
        Values("`sflow_agent_samples_total{sample_type}`", ["flow", "counter"]);
        Values("`sflow_agents{state}`, `sflow_agent_state{state}`", Enum.GetValues<AgentState>().Select(SnakeCase.Of));
        page.Append("""

            ## States of agents

            Expected are the nodes of the cluster (API or inventory, Windows nodes aside); an agent is a node's by the address that it gives, that of
            ovn-k8s-mp0 or any of the node's own, so that a node whose agent changes from one to the other stays one.

            | state | when | worth an alert |
            |---|---|---|
            | `ok` | flow samples and counter samples come | |
            | `awaited` | node or exporter is younger than 90 s, and nothing came yet | |
            | `never_seen` | nothing ever came | yes: its traffic to other nodes counts at their end only, the rest not at all |
            | `silent` | nothing came for 90 s, three counter intervals | yes, for the same reason |
            | `counters_only` | counter samples come, no flow sample for 5 min | yes: sampling does not work, or the node is idle |
            | `flows_only` | flow samples come, no counter sample for 150 s | where Open vSwitch is the agent: it always polls |
            | `restarted` | sequence and uptime began again within 10 min | when it repeats: `increase(sflow_agent_restarts_total[1h]) > 3` |
            | `unknown_sender` | exports, and no node has its address | yes: by default it is refused; with `--allow-agents any` all its samples count, so a stranger's traffic is in the figures |
            | `gone` | silent, and of no node, or its node speaks by another address now | |

            Rules to begin with:

                sum by (state) (sflow_agents{state=~"never_seen|silent|counters_only|unknown_sender"}) > 0          for 5m
                sum by (observer_node) (rate(sflow_agent_datagrams_lost_total[10m]))
                  / sum by (observer_node) (rate(sflow_agent_datagrams_lost_total[10m]) + rate(sflow_agent_datagrams_total[10m])) > 0.01   for 10m
                rate(sflow_agent_conflicts_total[10m]) > 0                                                           for 5m
                abs(sflow_agent_calibration_ratio - 1) > 0.1 and abs(sflow_agent_calibration_ratio - 1) > sflow_agent_calibration_error_ratio   for 30m

            ## Estimates against the ports' own counters

            Open vSwitch sends the counters of each port every 30 s, and counts there what passes, not one in so many. Between two counter samples of
            a port, `sflow_agent_calibration_ratio` holds what the flow samples with that port as input estimate against what its counter of bytes
            that came in (from the pod) grew by; both are layer 2 without the frame check sequence. Every sample takes part, whatever it is counted as.
            A window counts when all of it was seen: no restart of the agent, no counter that fell or is not kept, no other port with the same
            index (tunnels share one). At sampling 1 the two are equal to the byte; else sampling at random puts the ratio within
            `sflow_agent_calibration_error_ratio` of 1 in 95 of 100 cases. Below that, datagrams are lost on the way (the losses say how many), or the
            port counts frames that never came to be sampled, because the switch dropped them first. For other ranges of time:

                sum by (observer_node) (increase(sflow_agent_calibration_estimated_bytes_total[6h]))
                  / sum by (observer_node) (increase(sflow_agent_calibration_counted_bytes_total[6h]))

            """);
        return page.ToString();

        void Values(string set, IEnumerable<string> values) => page.Append($"- {set}: {string.Join(", ", values.Select(value => $"`{value}`"))}\n");
    }
}
