using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Agents</c>: who may send, how many, and how much.</summary>
internal sealed class AgentOptions
{
    [Option("--allow-agents", "Accept these agents: nodes, any, or CIDRs of agent addresses, separated by commas. nodes accepts the nodes of the cluster, and every agent until a cluster is known. Example: nodes,192.0.2.0/24 adds a network of switches. Empty accepts any.", IsCommon = true, Placeholder = "LIST")]
    public string Allowed { get; set; } = "nodes";

    [Option("--agents-elsewhere", "Accept that agents which are not heard here send to other exporters, as with one exporter on each node. Their nodes count their own packets there, and are not missed here.")]
    public bool Elsewhere { get; set; }

    [Option("--max-agents", "Maximum agents (address and sub-agent), besides the first of each node. The limit applies separately to nodes, to CIDRs, to others, and to agents with metrics of their own. Datagrams of further agents are dropped and counted. An agent that is silent for 5 minutes frees its place.")]
    [Range(1, 1_000_000)]
    public int Maximum { get; set; } = 2_048;

    [Option("--max-sub-agents", "Maximum sub-agents of one agent address. Datagrams of further ones are dropped and counted.")]
    [Range(1, 1_024)]
    public int MaximumSubAgents { get; set; } = 16;

    [Option("--max-agent-bandwidth", "Maximum traffic of one agent, in bits per second. Flow samples that claim more within a second are rejected and counted. Raise the limit for switches that carry more. 0 disables it.")]
    [Range(0, 100_000_000_000_000)]
    public long MaximumBandwidth { get; set; } = 1_600_000_000_000;

    [Option("--max-ports", "Maximum interfaces tracked, of all agents, for calibration and for interface metrics. Further ones are left out and counted. 0 disables both.")]
    [Range(0, 10_000_000)]
    public int MaximumPorts { get; set; } = 65_536;

    [Option("--max-ports-per-agent", "Maximum interfaces tracked, of one agent. Allow a little more than the pods of one node. 0 disables calibration and interface metrics.")]
    [Range(0, 1_000_000)]
    public int MaximumPortsPerAgent { get; set; } = 1_024;

    [Option("--interface-metrics", "Create sflow_interface_* metrics from the counters of each interface. They add about 10 series for each pod.")]
    public bool InterfaceMetrics { get; set; }

    [Option("--max-interfaces", "Maximum interfaces with metrics of their own, of all agents. Further ones are summed as __other__. 0 shows the sum alone.")]
    [Range(0, 1_000_000)]
    public int MaximumInterfaces { get; set; } = 2_000;
}
