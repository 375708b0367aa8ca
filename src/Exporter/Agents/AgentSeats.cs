using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Agents;

/// <summary>
/// How many agents of each group there are, and who has metrics of its own: nodes first, never a stranger, at most as many as agents are allowed.
/// The others are summed. Guarded by the registry.
/// </summary>
internal sealed class AgentSeats(AgentOptions options, IClusterNodes? cluster)
{
    private readonly int[] taken = new int[Enum.GetValues<Membership>().Length];
    private readonly HashSet<Node> shownNodes = [];
    private int shown;
    private bool hasOthers;
    private AgentFigures gone;

    /// <summary>Agents of a group that needed a place. Read without the lock too.</summary>
    public int Taken(Membership group) => Volatile.Read(ref taken[(int)group]);

    /// <summary>A new agent; one that is <paramref name="isSure"/> takes no place.</summary>
    public void Give(Agent agent, bool isSure)
    {
        agent.IsSure = isSure;
        if (!isSure) taken[(int)agent.Membership]++;
        Show(agent);
    }

    /// <summary>An agent is gone; what it counted stays in the sum of the others if it was there.</summary>
    public void TakeBack(Agent agent)
    {
        if (!agent.IsSure) taken[(int)agent.Membership]--;
        if (agent.HasOwnSeries) shown--;
        else gone += agent.Figures - agent.Elsewhere;
    }

    /// <summary>Gives each agent its group anew, after the cluster changed.</summary>
    public void Assign(ReadOnlySpan<Agent> agents, StrangerRule strangers)
    {
        Array.Clear(taken);
        shownNodes.Clear();
        shown = 0;
        foreach (Agent agent in agents)
        {
            if (agent.IsEvicted) continue;
            agent.Membership = strangers.GroupOf(agent.Address, agent.Node);
            if (agent.Node is not null)
            {
                agent.StrangerSince = 0;
                strangers.Learn(agent.Address);
            }
            if (agent.Membership != Membership.Node) agent.IsSure = false;
            if (!agent.IsSure) taken[(int)agent.Membership]++;
            if (agent.HasOwnSeries && agent.Membership == Membership.Stranger) Hide(agent);
            if (agent.HasOwnSeries) Count(agent);
        }
        foreach (Agent agent in agents)
            if (!agent.IsEvicted && !agent.HasOwnSeries) Show(agent);
    }

    /// <summary>What all without metrics of their own sent; null where there never were any.</summary>
    public AgentFigures? ReadOthers(ReadOnlySpan<Agent> agents)
    {
        AgentFigures sum = gone;
        foreach (Agent agent in agents)
        {
            if (agent.IsEvicted || agent.HasOwnSeries) continue;
            sum += agent.Figures - agent.Elsewhere;
        }
        return hasOthers ? sum : null;
    }

    private void Show(Agent agent)
    {
        bool isFirst = agent.Node is { } node && !shownNodes.Contains(node);
        // Room is kept for the nodes that were not heard yet.
        int kept = isFirst ? 0 : Math.Max(0, (cluster?.Count ?? 0) - shownNodes.Count);
        if (agent.Membership == Membership.Stranger || shown + kept >= options.Maximum)
        {
            hasOthers = true;
            return;
        }
        // What it counted among the others stays there, so that their sum never falls.
        AgentFigures figures = agent.Figures;
        gone += figures - agent.Elsewhere;
        agent.Elsewhere = figures;
        agent.HasOwnSeries = true;
        Count(agent);
    }

    private static void Hide(Agent agent)
    {
        agent.Elsewhere = agent.Figures;
        agent.HasOwnSeries = false;
    }

    private void Count(Agent agent)
    {
        shown++;
        if (agent.Node is { } node) shownNodes.Add(node);
    }
}
