using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Agents</c>: who may send, and how many.</summary>
internal sealed class AgentOptions
{
    [Option("--allow-agents", "CIDRs of agent addresses to accept, separated by commas; empty accepts all.")]
    public string Allowed { get; set; } = "";

    [Option("--max-agents", "Agents (address and sub-agent) kept at most; datagrams of further ones are dropped and counted.")]
    [Range(1, 1_000_000)]
    public int Maximum { get; set; } = 4_096;

    [Option("--max-ports", "Ports of all agents whose counters are held against the samples at most; further ones are left out and counted.")]
    [Range(0, 10_000_000)]
    public int MaximumPorts { get; set; } = 65_536;

    [Option("--max-ports-per-agent", "The same for one agent: as many pods as a node may have, and some.")]
    [Range(0, 1_000_000)]
    public int MaximumPortsPerAgent { get; set; } = 1_024;
}
