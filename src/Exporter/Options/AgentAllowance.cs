using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Options;

/// <summary>Who may send, as <c>--allow-agents</c> says it: <c>nodes</c>, <c>any</c>, and CIDRs of agent addresses, separated by commas.</summary>
/// <param name="Any">Everybody may.</param>
/// <param name="Nodes">The nodes of the cluster may, and everybody while no cluster is known.</param>
/// <param name="Networks">Agents in these may.</param>
internal sealed record AgentAllowance(bool Any, bool Nodes, IReadOnlyList<Prefix> Networks)
{
    private const string NodesWord = "nodes", AnyWord = "any";

    /// <summary>What a list may hold, for messages.</summary>
    public const string Form = "nodes, any, or CIDRs such as 10.128.0.0/14 or fd01::/48, separated by commas";

    public static bool TryParse(string text, out AgentAllowance allowance, out string wrong)
    {
        string[] entries = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string networks = string.Join(',', entries.Where(entry => entry is not (NodesWord or AnyWord)));
        bool sound = Prefix.TryParseList(networks, out List<Prefix> prefixes, out wrong);
        allowance = new AgentAllowance(entries.Length == 0 || entries.Contains(AnyWord), entries.Contains(NodesWord), prefixes);
        return sound;
    }

    public bool Lists(Address agent)
    {
        foreach (Prefix network in Networks)
            if (network.Contains(agent)) return true;
        return false;
    }
}
