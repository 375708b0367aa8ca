using SFlow.Exporter.Agents;

namespace SFlow.Exporter.Metrics;

/// <summary>Counters of the Open vSwitch behind each agent; bounded by the agents that have metrics of their own.</summary>
internal sealed class OvsMetrics(MetricCreator metrics, Sources sources) : IMetricGroup
{
    private readonly SeriesTable<Agent> table = new(
    [
        new(metrics, MetricCatalogue.OvsHits), new(metrics, MetricCatalogue.OvsMisses), new(metrics, MetricCatalogue.OvsLost), new(metrics, MetricCatalogue.OvsMaskHits),
        new(metrics, MetricCatalogue.OvsFlows), new(metrics, MetricCatalogue.OvsMasks),
        new(metrics, MetricCatalogue.OvsCpu, "user"), new(metrics, MetricCatalogue.OvsCpu, "system"), new(metrics, MetricCatalogue.OvsMemory),
    ]);

    public void Fill(ZeroInitialization zero)
    {
        table.Begin();
        for (int id = 0; id < sources.Agents.Count; id++)
        {
            Agent agent = sources.Agents[id];
            if (!agent.HasOwnSeries || agent.IsEvicted || agent.ReadOvs() is not { } ovs) continue;
            // An agent that was one of the others before starts with what it counted meanwhile.
            ZeroInitialization? ofNew = agent.Elsewhere == default ? zero : null;
            table.Set(agent, agent.ObserverNode, () => AgentMetrics.LabelsOf(agent),
                [ovs.Hits, ovs.Misses, ovs.Lost, ovs.MaskHits, ovs.Flows, ovs.Masks, ovs.UserSeconds, ovs.SystemSeconds, ovs.Memory], ofNew);
        }
        table.End();
    }
}
