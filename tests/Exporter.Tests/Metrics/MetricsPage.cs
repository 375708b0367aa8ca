using System.Text;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Http;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Web;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>Generates docs/metrics.md from the catalogue. <c>./build docs</c> writes the file.</summary>
internal static class MetricsPage
{
    public static string Write()
    {
        StringBuilder page = new();
        page.Append("""
            # Metrics

            The exporter serves `GET /metrics` on TCP port 16343, as Prometheus text 0.0.4 or OpenMetrics 1.0, and compresses with gzip for clients that
            accept it. This page is generated from `src/Exporter/Metrics/MetricCatalogue.cs` and `src/Exporter/Count/Families`. A
            test compares them; `./build docs` writes the page again.

            - Bytes and packets are estimates: each sample represents as many packets as its sampling rate.
            - The remainder `__other__` of a family holds what has no series of its own, so the sum over a family is the total.
            - The heaviest labels of the last minutes have series ([ADR 9](adr/0009-series-by-weight.md)). What a series had counted before it lost its place is in
              `__former_TIME__`: all labels are `__other__`, except the last one, which has the time of the latest change. It is a new series after each change,
              so `rate()` and `increase()` do not see the move, and `sum()` does.
            - A new series is shown once as zero to each Prometheus, and with its value from the next scrape on. `increase()` therefore counts its first
              bytes. Series older than five minutes are shown with their value at once. Other clients always read the true values.
            - The closed label sets below exist from the start, at zero.
            - The agent `__other__` is the sum of all agents without metrics of their own: senders that are not nodes of the cluster, and agents beyond
              `--max-agents`. At all limits, a scrape has fewer samples than the `sampleLimit` of `deploy/components/monitoring/servicemonitor.yaml`.

            | metric | type | labels | meaning |
            |---|---|---|---|

            """);
        foreach (MetricDefinition metric in MetricCatalogue.All(FakeFamily.All()))
        {
            string labels = string.Join(", ", metric.Labels.Select(label => $"`{label}`"));
            page.Append($"| `{metric.Name}` | {metric.Type.ToString().ToLowerInvariant()} | {labels} | {metric.Help} |\n");
        }
        page.Append("\n" + """
            ## Confidence interval of an estimate

            In 95 of 100 cases the true value lies within ± *e* of the estimated bytes, where *e*, as a share of the estimate, is

                exp(1.96 * sqrt(sum(increase(sflow_flow_bytes_variance_total[5m]))) / sum(increase(sflow_flow_bytes_total[5m]))) - 1

            Use the same expression with `packets` for packets. You can add any `by (...)` and any matchers, if both sums have the same ones: variances
            add up like bytes. Lost datagrams are not part of the interval. Below 30 samples (`sum(increase(sflow_flow_samples_total[5m])) < 30`) the
            interval is not reliable. At a sampling rate of 1 it is 0. [ADR 8](adr/0008-the-error-of-an-estimate.md) gives the reasons.


            """);
        page.Append("""
            ## Localities

            `sflow_locality_bytes_total` and `sflow_locality_packets_total` divide the traffic of `sflow_flow_bytes_total` and `sflow_flow_packets_total` by
            the distance between source and destination. Zones and regions are the labels `topology.kubernetes.io/zone` and `topology.kubernetes.io/region` of the nodes.
            The first line that applies gives the locality.

            | locality | meaning |
            |---|---|
            | `internet` | The source or the destination has a public address. |
            | `@NAME` | The source or the destination is in the network that `--networks` calls NAME. Between two of these networks, it is that of the destination. |
            | `unknown` | The source or the destination is the address or a node port of a Service: the packet does not say which backend gets it. The locality of the answer is known. |
            | `same_node` | Source and destination are on one node. |
            | `cross_region` | The nodes are in two regions. |
            | `cross_zone` | The nodes are in two zones of one region. A region without a label counts as the same region. |
            | `same_zone` | Two nodes of one zone. |
            | `unknown` | Everything else: a private address without a name, or a node without a zone label. |

            Traffic that crosses zones, by the namespace that sends it:

                topk(10, sum by (source_namespace) (rate(sflow_locality_bytes_total{locality="cross_zone"}[5m])))


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
        Values("`sflow_exporter_elasticsearch_items_total{outcome}`", Enum.GetValues<ItemOutcome>().Select(SnakeCase.Of));
        Values("`sflow_exporter_dead_letters_lost_total{reason}`", Enum.GetValues<DeadLetterLoss>().Select(SnakeCase.Of));
        Values("`sflow_exporter_structures_skipped_total{kind}`", Enum.GetValues<StructureKind>().Select(SnakeCase.Of));
        Values("`sflow_exporter_geoip_loads_total{outcome}`", ["loaded", "failed"]);
        Values("`sflow_exporter_http_refused_total{reason}`", Enum.GetValues<HttpRefusal>().Select(SnakeCase.Of));
        Values("`sflow_agent_samples_total{sample_type}`", ["flow", "counter"]);
        Values("`sflow_ovs_vswitchd_cpu_seconds_total{mode}`", ["user", "system"]);
        Values("`sflow_interface_*{direction}`", ["in", "out"]);
        Values("`sflow_interface_packets_total{cast}`", ["unicast", "multicast", "broadcast"]);
        Values("`sflow_agents{state}`, `sflow_agent_state{state}`", Enum.GetValues<AgentState>().Select(SnakeCase.Of));
        page.Append("""

            ## States of agents

            The exporter expects one agent on each node of the cluster, Windows nodes excepted. The nodes come from the Kubernetes API or the inventory.
            An agent belongs to a node if its address is one of the node's addresses or that of ovn-k8s-mp0. An agent that changes from one of these to
            another stays the same agent.

            | state | meaning | alert |
            |---|---|---|
            | `ok` | Flow samples and counter samples arrive. | no |
            | `awaited` | The node or the exporter is younger than 90 s, and nothing has arrived yet. | no |
            | `never_seen` | Nothing has ever arrived. | yes: its traffic to other nodes counts at their side only, other traffic is missing |
            | `silent` | Nothing has arrived for 90 s, which is three counter intervals. | yes, for the same reason |
            | `counters_only` | Counter samples arrive, but no flow sample for 5 min. | yes: sampling does not work, or the node is idle |
            | `flows_only` | Flow samples arrive, but no counter sample for 150 s. | with Open vSwitch, which always sends counters |
            | `restarted` | Sequence number and uptime started again within the last 10 min. | when repeated: `increase(sflow_agent_restarts_total[1h]) > 3` |
            | `unknown_sender` | The agent sends, but its address belongs to no node. | yes: it is refused by default; with `--allow-agents any` its samples count as traffic |
            | `gone` | The agent is silent, and belongs to no node or its node now uses another address. | no |

            Alerting rules to start with:

                sum by (state) (sflow_agents{state=~"never_seen|silent|counters_only|unknown_sender"}) > 0          for 5m
                sum by (observer_node) (rate(sflow_agent_datagrams_lost_total[10m]))
                  / sum by (observer_node) (rate(sflow_agent_datagrams_lost_total[10m]) + rate(sflow_agent_datagrams_total[10m])) > 0.01   for 10m
                rate(sflow_agent_conflicts_total[10m]) > 0                                                           for 5m
                abs(sflow_agent_calibration_ratio - 1) > 0.1 and abs(sflow_agent_calibration_ratio - 1) > sflow_agent_calibration_error_ratio   for 30m

            ## Calibration

            Open vSwitch sends the counters of each interface every 30 s. These counters include every frame, not only sampled ones. The exporter compares
            the two between consecutive counter samples of an interface: `sflow_agent_calibration_ratio` is the estimate of the flow samples with that
            interface as input, divided by the growth of its counter of received bytes. Both are layer 2 bytes without the frame check sequence. All flow
            samples take part, whether they count as traffic or not.

            An interval is used only if it is complete. The agent did not restart, the counter did not fall, and no other interface has the same index
            (tunnels share one). At a sampling rate of 1 the ratio is exactly 1. Otherwise random sampling keeps it within
            `sflow_agent_calibration_error_ratio` of 1 in 95 of 100 cases. A lower ratio means that datagrams were lost, which the loss counters show, or
            that the switch dropped frames before it could sample them. For other time ranges use:

                sum by (observer_node) (increase(sflow_agent_calibration_estimated_bytes_total[6h]))
                  / sum by (observer_node) (increase(sflow_agent_calibration_counted_bytes_total[6h]))

            """);
        page.Append("\n" + """
            ## Counters of Open vSwitch and of interfaces

            These metrics are exact counts that the agents send about every 30 s, not estimates. Open vSwitch sends the counters of all its datapaths and
            of ovs-vswitchd with one sub-agent only. The metrics show what a counter grew by since the exporter received its first value. They never
            fall, whatever the agent sends:

            - A 32-bit counter that falls by more than half of its range has wrapped. The wrapped growth is added. Two wraps between two values that arrive
              look like one.
            - After a restart of the agent, a counter that fell started again at 0, and its new value is added. The kernel datapath keeps its counters when
              ovs-vswitchd restarts: a counter that did not fall continues.
            - Bytes of interfaces have 64 bits and do not wrap. If they fall, the interface started again, and with it its packets, errors and discards.
            - Late datagrams, and datagrams of other senders under the agent's address, change nothing.

            `sflow_interface_*` exists only with `--interface-metrics true`, because `/metrics` grows by about 10 series an interface: with Open vSwitch
            20,000 series or 3 MB for 2,000 pods. The first `--max-interfaces` interfaces have series of their own; `__other__` is the sum of the others.
            An interface that sends no counters for 10 minutes loses its series. Its place goes to another one, whose earlier counts stay in `__other__`.
            Agents without metrics of their own have none of interfaces, and are not in `__other__`.

            - `interface` is the name of the port, or its interface index if the agent sends no printable name.
            - `pod_namespace` and `pod_name` are the pod of the same node from whose addresses all sampled packets came in by the interface. They are empty
              before the first sample, and if packets of several pods come in (a tunnel, a router). OVN's port security keeps pods from using addresses
              of others; without it, a pod can claim the name of another one.
            - Series get new labels when the pod becomes known. `rate()` does not see the growth between the two scrapes around that change.

            Packets that each node's switch could not take, and pods whose packets are dropped:

                sum by (observer_node) (rate(sflow_ovs_datapath_lost_total[5m])) > 0
                topk(10, sum by (pod_namespace, pod_name) (rate(sflow_interface_discards_total{direction="out"}[5m])))

            """);
        return page.ToString();

        void Values(string set, IEnumerable<string> values) => page.Append($"- {set}: {string.Join(", ", values.Select(value => $"`{value}`"))}\n");
    }
}
