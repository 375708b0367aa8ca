using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>One line of the roster: an agent that was heard, or a node whose agent was not.</summary>
internal readonly record struct AgentStanding(Agent? Agent, Node? Node, AgentState State);

/// <summary>
/// Who should export and who does: the nodes of the cluster and the agents that were heard. A node whose agent changed its address
/// is here once; without a cluster every sender is welcome. Times follow Open vSwitch's counter interval of 30 seconds.
/// </summary>
internal sealed class AgentRoster
{
    /// <summary>Three counter intervals.</summary>
    public const long Silence = 90 * UnixTime.Second;
    /// <summary>Five counter intervals: counters are spread over them, and a lost datagram must not look like a fault.</summary>
    private const long WithoutCounters = 150 * UnixTime.Second;
    /// <summary>At 1 in 400 a quiet node may have nothing to sample for a while.</summary>
    private const long WithoutFlows = 300 * UnixTime.Second;
    private const long Restarting = 600 * UnixTime.Second;

    private readonly AgentRegistry agents;
    private readonly NodeRegistry nodes;
    private readonly long startedAt;
    private readonly bool wholeCapture, elsewhere;

    private AgentRoster(AgentRegistry agents, NodeRegistry nodes, long startedAt, bool wholeCapture, bool elsewhere = false) =>
        (this.agents, this.nodes, this.startedAt, this.wholeCapture, this.elsewhere) = (agents, nodes, startedAt, wholeCapture, elsewhere);

    /// <summary>That of a running program.</summary>
    /// <param name="agents">Agents that were heard.</param>
    /// <param name="nodes">Nodes of the cluster.</param>
    /// <param name="startedAt">When it began, in nanoseconds of the steady clock.</param>
    /// <param name="elsewhere">Whether agents that are not heard here send to other exporters: then none is missed that was never heard.</param>
    public static AgentRoster Live(AgentRegistry agents, NodeRegistry nodes, long startedAt, bool elsewhere = false) =>
        new(agents, nodes, startedAt, wholeCapture: false, elsewhere);

    /// <summary>That of a capture: who is not in it was never seen.</summary>
    public static AgentRoster WholeCapture(AgentRegistry agents, NodeRegistry nodes) => new(agents, nodes, 0, wholeCapture: true);

    /// <summary>Nodes that should have an agent; 0 when no cluster is known.</summary>
    public int Expected => Enumerable.Range(0, nodes.Count).Count(id => IsExpected(nodes[id]));

    /// <summary>Everybody as of <paramref name="now"/> (nanoseconds of the steady clock, or of the capture's time): agents in the order in which they were first heard, then nodes without one.</summary>
    public List<AgentStanding> Read(long now)
    {
        bool knowsCluster = Enumerable.Range(0, nodes.Count).Any(id => nodes[id].Expected);
        List<AgentStanding> standings = new(agents.Count);
        Dictionary<(Node, uint), long> newest = Newest();
        HashSet<Node> heard = [];
        for (int id = 0; id < agents.Count; id++)
        {
            Agent agent = agents[id];
            if (agent.IsEvicted) continue;
            Node? node = agent.Node;
            if (node is not null) heard.Add(node);
            bool gone = node is null ? knowsCluster : !node.Expected || newest[(node, agent.SubAgentId)] > agent.LastSeen;
            standings.Add(new AgentStanding(agent, node, Of(agent, now, knowsCluster, gone)));
        }
        for (int id = 0; id < nodes.Count; id++)
            if (IsExpected(nodes[id]) && !heard.Contains(nodes[id])) standings.Add(new AgentStanding(null, nodes[id], Unheard(nodes[id], now)));
        return standings;
    }

    private bool IsExpected(Node node) => node.Expected && (!elsewhere || node.LastDatagram != 0);

    /// <summary>When each node was last heard by each of its streams, whatever the address.</summary>
    private Dictionary<(Node, uint), long> Newest()
    {
        Dictionary<(Node, uint), long> newest = [];
        for (int id = 0; id < agents.Count; id++)
        {
            Agent agent = agents[id];
            if (!agent.IsEvicted && agent.Node is { } node) newest[(node, agent.SubAgentId)] = Math.Max(newest.GetValueOrDefault((node, agent.SubAgentId)), agent.LastSeen);
        }
        return newest;
    }

    /// <summary>State of an agent that was heard; if it is <paramref name="gone"/>, it is not missed.</summary>
    private static AgentState Of(Agent agent, long now, bool knowsCluster, bool gone)
    {
        if (now - agent.LastSeen > Silence) return gone ? AgentState.Gone : AgentState.Silent;
        if (knowsCluster && agent.Node is null) return AgentState.UnknownSender;
        if (Lacks(agent.LastFlowSample, WithoutFlows)) return AgentState.CountersOnly;
        if (Lacks(agent.LastCounterSample, WithoutCounters)) return AgentState.FlowsOnly;
        return agent.LastRestart != 0 && now - agent.LastRestart < Restarting ? AgentState.Restarted : AgentState.Ok;

        bool Lacks(long last, long patience) => now - Math.Max(last, agent.FirstSeen) > patience;
    }

    private AgentState Unheard(Node node, long now) =>
        !wholeCapture && now - Math.Max(startedAt, node.KnownSince) <= Silence ? AgentState.Awaited : AgentState.NeverSeen;
}
