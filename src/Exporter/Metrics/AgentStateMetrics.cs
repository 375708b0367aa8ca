using System.Globalization;
using Prometheus;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>Expected and actual agents: the state of each, nodes without an agent included. Bounded by the agents and the nodes of the cluster.</summary>
internal sealed class AgentStateMetrics(MetricCreator metrics, Sources sources) : IMetricGroup
{
    private readonly Gauge standing = metrics.Gauge(MetricCatalogue.AgentState);
    private readonly Gauge byState = metrics.Gauge(MetricCatalogue.AgentsByState);
    private readonly Gauge expected = metrics.Gauge(MetricCatalogue.AgentsExpected);
    private readonly Dictionary<(Agent?, Node?, AgentState), Gauge.Child> children = [];
    private readonly HashSet<(Agent?, Node?, AgentState)> stale = [];

    public void Fill(ZeroInitialization zero)
    {
        int[] counts = new int[Enum.GetValues<AgentState>().Length];
        stale.UnionWith(children.Keys);
        foreach ((Agent? agent, Node? node, AgentState state) in sources.Roster.Read(sources.Steady.Now))
        {
            counts[(int)state]++;
            (Agent?, Node?, AgentState) key = agent is { HasOwnSeries: false } ? (null, null, state) : (agent, node, state);
            stale.Remove(key);
            if (children.ContainsKey(key)) continue;
            Gauge.Child child = standing.WithLabels(key is (null, null, _)
                ? [ReservedLabels.Other, ReservedLabels.Other, ReservedLabels.Other, SnakeCase.Of(state)]
                : [agent?.Address.ToString() ?? "", agent?.SubAgentId.ToString(CultureInfo.InvariantCulture) ?? "", node?.Name ?? ReservedLabels.Unknown, SnakeCase.Of(state)]);
            child.Set(1);
            children.Add(key, child);
        }
        foreach ((Agent?, Node?, AgentState) former in stale)
            if (children.Remove(former, out Gauge.Child? child)) child.Remove();
        stale.Clear();
        foreach (AgentState state in Enum.GetValues<AgentState>()) byState.WithLabels(SnakeCase.Of(state)).Set(counts[(int)state]);
        expected.Set(sources.Roster.Expected);
    }
}
