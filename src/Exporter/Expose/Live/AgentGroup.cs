using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Expose.Live;

/// <summary>The agents as people look at them: those in trouble first.</summary>
internal sealed class AgentGroup
{
    /// <summary>An agent that sent nothing for so long does not export any more: three times the counter interval of Open vSwitch.</summary>
    private const double SilentSeconds = 90;

    public AgentGroup(Sources sources, DateTimeOffset now, int limit)
    {
        List<AgentView> agents = [];
        for (int id = 0; id < sources.Agents.Count; id++) agents.Add(Describe(sources.Agents[id], sources.Nodes, now));
        AgentView[] worstFirst =
        [
            .. agents.OrderByDescending(agent => agent.Conflicts > 0).ThenByDescending(agent => agent.LossShare)
                .ThenByDescending(agent => agent.SecondsSinceLastSeen > SilentSeconds).ThenBy(agent => agent.ObserverNode, StringComparer.Ordinal)
                .ThenBy(agent => agent.Agent, StringComparer.Ordinal).ThenBy(agent => agent.SubAgent).Take(limit),
        ];
        View = new AgentsView(
            agents.Count, sources.Agents.Maximum, agents.Count(agent => agent.SecondsSinceLastSeen > SilentSeconds),
            agents.Sum(agent => agent.Datagrams), agents.Sum(agent => agent.Lost), worstFirst);
        uint[] rates = [.. agents.Select(agent => agent.SamplingRate).Where(rate => rate > 0)];
        Sampling = rates.Length == 0 ? null : new SamplingView(rates.Min(), rates.Max());
    }

    public AgentsView View { get; }
    public SamplingView? Sampling { get; }

    private static AgentView Describe(Agent agent, NodeRegistry nodes, DateTimeOffset now)
    {
        double silence = Math.Max(0, (now - UnixTime.FromNanoseconds(agent.LastSeen)).TotalSeconds);
        double sent = agent.Datagrams + agent.Lost;
        return new AgentView(
            agent.Address.ToString(), agent.SubAgentId, LabelValue.ObserverNode(nodes, agent.ObserverNode),
            silence > SilentSeconds ? "silent" : "exporting", silence, sent > 0 ? agent.Lost / sent : 0, agent.Datagrams, agent.Lost,
            agent.Duplicates, agent.Reordered, agent.Restarts, agent.Conflicts, agent.FlowSamples, agent.CounterSamples, agent.SamplingRate);
    }
}
