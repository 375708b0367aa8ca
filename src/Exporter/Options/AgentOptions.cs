using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Agents</c>: who may send, how many, and how much.</summary>
internal sealed class AgentOptions
{
    [Option("--allow-agents", "Agents to accept: nodes (the nodes of the cluster; everybody while no cluster is known), any, or CIDRs of agent addresses, separated by commas. nodes,192.0.2.0/24 accepts the nodes and a network of switches. Empty is any.")]
    public string Allowed { get; set; } = "nodes";

    [Option("--max-agents", "Maximum agents (address and sub-agent) besides the first of each node: of nodes, of CIDRs and of others, each. The same number of agents have metrics of their own. Agents that were silent for 5 minutes make room; datagrams of further ones are dropped and counted.")]
    [Range(1, 1_000_000)]
    public int Maximum { get; set; } = 2_048;

    [Option("--max-sub-agents", "Maximum sub-agents of one agent address; datagrams of further ones are dropped and counted.")]
    [Range(1, 1_024)]
    public int MaximumSubAgents { get; set; } = 16;

    [Option("--max-agent-bandwidth", "Maximum traffic of one agent, in bits per second. Flow samples that claim more within a second are rejected and counted. 0 is no limit; raise it for switches that carry more.")]
    [Range(0, 100_000_000_000_000)]
    public long MaximumBandwidth { get; set; } = 1_600_000_000_000;

    [Option("--max-ports", "Ports of all agents whose counters are held against the samples at most; further ones are left out and counted.")]
    [Range(0, 10_000_000)]
    public int MaximumPorts { get; set; } = 65_536;

    [Option("--max-ports-per-agent", "The same for one agent: as many pods as a node may have, and some.")]
    [Range(0, 1_000_000)]
    public int MaximumPortsPerAgent { get; set; } = 1_024;
}
