using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// Who is a stranger to the cluster, and whether strangers may send. A node's agent may be heard before its node is known: an address near that of
/// another node's agent is given a minute.
/// </summary>
/// <param name="options">The allow-list.</param>
/// <param name="cluster">The nodes of the cluster; null where nodes and strangers are not distinguished.</param>
/// <param name="wholeCapture">A capture is read: strangers may send.</param>
internal sealed class StrangerRule(AgentOptions options, IClusterNodes? cluster, bool wholeCapture)
{
    /// <summary>How long a stranger may send that may be a node, nanoseconds.</summary>
    public const long Grace = UnixTime.Minute;

    /// <summary>Neighbourhoods of node addresses that are remembered: a cluster has a few.</summary>
    private const int MostNeighbourhoods = 64;

    private readonly AgentAllowance allowance = AgentAllowance.TryParse(options.Allowed, out AgentAllowance parsed, out string wrong)
        ? parsed
        : throw new ArgumentException($"\"{wrong}\" is none of {AgentAllowance.Form}", nameof(options));

    private volatile ulong[] neighbourhoods = [];

    private bool KnowsCluster => cluster is { Count: > 0 };

    /// <summary>Only nodes, and networks that are named, may send.</summary>
    private bool IsClosed => !allowance.Any && !wholeCapture && (!allowance.Nodes || KnowsCluster);

    public Membership GroupOf(Address agent, Node? node) =>
        node is not null ? Membership.Node : !KnowsCluster || allowance.Lists(agent) ? Membership.Welcome : Membership.Stranger;

    /// <summary>Whether an agent that was not heard before may send.</summary>
    public bool MayEnter(Address agent, Membership group)
    {
        if (allowance.Networks.Count > 0 && allowance.Lists(agent)) return true;
        // A list of networks alone holds for captures too.
        if (!allowance.Any && !allowance.Nodes) return false;
        return !IsClosed || group != Membership.Stranger || Array.IndexOf(neighbourhoods, NeighbourhoodOf(agent)) >= 0;
    }

    /// <summary>Whether an agent of no node that was heard before may not send any more.</summary>
    public bool Refuses(Agent agent, long now)
    {
        if (!IsClosed || allowance.Lists(agent.Address))
        {
            agent.StrangerSince = 0;
            return false;
        }
        if (agent.StrangerSince == 0) agent.StrangerSince = now;
        return now - agent.StrangerSince > Grace;
    }

    /// <summary>Notes the address of a node's agent. One caller at a time.</summary>
    public void Learn(Address agent)
    {
        ulong place = NeighbourhoodOf(agent);
        if (neighbourhoods.Length < MostNeighbourhoods && Array.IndexOf(neighbourhoods, place) < 0) neighbourhoods = [.. neighbourhoods, place];
    }

    /// <summary>The /16 of an IPv4 address, the /48 of an IPv6 one.</summary>
    private static ulong NeighbourhoodOf(Address address) => address.High == 0 ? address.Low >> 16 : address.High >> 16;
}
