using System.Globalization;
using Prometheus;
using SFlow.Exporter.Agents;

namespace SFlow.Exporter.Expose;

/// <summary>What each agent sent and what of it was lost; bounded by the registry of agents.</summary>
internal sealed class AgentMetrics(MetricFactory metrics, Sources sources) : IMetricGroup
{
    private readonly AgentFamilies families = new(metrics);
    private readonly Gauge known = metrics.Gauge(MetricCatalogue.Agents);
    private readonly Gauge limit = metrics.Gauge(MetricCatalogue.AgentsLimit);
    private readonly Gauge ports = metrics.Gauge(MetricCatalogue.Ports);
    private readonly Gauge portsLimit = metrics.Gauge(MetricCatalogue.PortsLimit);
    private readonly Counter portsRefused = metrics.Counter(MetricCatalogue.PortsRefused);
    private readonly List<AgentChildren> children = [];

    public void Fill(ZeroStart zero)
    {
        int count = sources.Agents.Count;
        for (int id = 0; id < count; id++)
        {
            Agent agent = sources.Agents[id];
            if (id == children.Count)
            {
                children.Add(Make(agent));
                children[id].StartWithZero(zero);
            }
            if (children[id].ObserverNode != agent.ObserverNode)
            {
                // The same agent under a better name: were the old name left, sums would count it twice.
                children[id].Remove();
                children[id] = Make(agent);
            }
            children[id].Fill(agent);
        }
        known.Set(count);
        limit.Set(sources.Agents.Maximum);
        ports.Set(sources.Agents.Ports.Taken);
        portsLimit.Set(sources.Agents.Ports.Maximum);
        portsRefused.IncTo(sources.Agents.Ports.Refused);
    }

    private AgentChildren Make(Agent agent)
    {
        int node = agent.ObserverNode;
        return new AgentChildren(families, node,
            [agent.Address.ToString(), agent.SubAgentId.ToString(CultureInfo.InvariantCulture), LabelValue.ObserverNode(sources.Nodes, node)]);
    }
}

/// <summary>The metrics that have agents for labels.</summary>
internal sealed class AgentFamilies(MetricFactory metrics)
{
    public Counter Datagrams { get; } = metrics.Counter(MetricCatalogue.AgentDatagrams);
    public Counter Lost { get; } = metrics.Counter(MetricCatalogue.AgentDatagramsLost);
    public Counter Duplicates { get; } = metrics.Counter(MetricCatalogue.AgentDatagramsDuplicate);
    public Counter Reordered { get; } = metrics.Counter(MetricCatalogue.AgentDatagramsReordered);
    public Counter Restarts { get; } = metrics.Counter(MetricCatalogue.AgentRestarts);
    public Counter Conflicts { get; } = metrics.Counter(MetricCatalogue.AgentConflicts);
    public Counter Samples { get; } = metrics.Counter(MetricCatalogue.AgentSamples);
    public Gauge SamplingRate { get; } = metrics.Gauge(MetricCatalogue.AgentSamplingRate);
    public Gauge CalibrationRatio { get; } = metrics.Gauge(MetricCatalogue.AgentCalibrationRatio);
    public Gauge CalibrationError { get; } = metrics.Gauge(MetricCatalogue.AgentCalibrationError);
    public Counter CalibrationEstimated { get; } = metrics.Counter(MetricCatalogue.AgentCalibrationEstimated);
    public Counter CalibrationCounted { get; } = metrics.Counter(MetricCatalogue.AgentCalibrationCounted);
    public Gauge LastSeen { get; } = metrics.Gauge(MetricCatalogue.AgentLastSeen);
}

/// <summary>The series of one agent under one set of labels.</summary>
internal sealed class AgentChildren(AgentFamilies families, int observerNode, string[] labels)
{
    private readonly Counter.Child datagrams = families.Datagrams.WithLabels(labels);
    private readonly Counter.Child lost = families.Lost.WithLabels(labels);
    private readonly Counter.Child duplicates = families.Duplicates.WithLabels(labels);
    private readonly Counter.Child reordered = families.Reordered.WithLabels(labels);
    private readonly Counter.Child restarts = families.Restarts.WithLabels(labels);
    private readonly Counter.Child conflicts = families.Conflicts.WithLabels(labels);
    private readonly Counter.Child flowSamples = families.Samples.WithLabels([.. labels, "flow"]);
    private readonly Counter.Child counterSamples = families.Samples.WithLabels([.. labels, "counter"]);
    private readonly Counter.Child estimated = families.CalibrationEstimated.WithLabels(labels);
    private readonly Counter.Child counted = families.CalibrationCounted.WithLabels(labels);
    private readonly Gauge.Child lastSeen = families.LastSeen.WithLabels(labels);
    private Gauge.Child? samplingRate, ratio, error;

    public int ObserverNode => observerNode;

    /// <summary>The counters are new to all readers.</summary>
    public void StartWithZero(ZeroStart zero)
    {
        foreach (MetricDefinition metric in (MetricDefinition[])
            [
                MetricCatalogue.AgentDatagrams, MetricCatalogue.AgentDatagramsLost, MetricCatalogue.AgentDatagramsDuplicate, MetricCatalogue.AgentDatagramsReordered,
                MetricCatalogue.AgentRestarts, MetricCatalogue.AgentConflicts, MetricCatalogue.AgentCalibrationEstimated, MetricCatalogue.AgentCalibrationCounted,
            ])
            zero.Add(metric, labels);
        foreach (string type in (string[])["flow", "counter"]) zero.Add(MetricCatalogue.AgentSamples, [.. labels, type]);
    }

    public void Fill(Agent agent)
    {
        lastSeen.Set(agent.LastSeen / 1e9);
        if (agent.SamplingRate > 0) (samplingRate ??= families.SamplingRate.WithLabels(labels)).Set(agent.SamplingRate);
        CalibrationSums recent = agent.ReadCalibration(recent: true), total = agent.ReadCalibration(recent: false);
        Set(ref ratio, families.CalibrationRatio, recent.Ratio);
        Set(ref error, families.CalibrationError, recent.Error);
        estimated.IncTo(total.Estimated);
        counted.IncTo(total.Counted);
        datagrams.IncTo(agent.Datagrams);
        lost.IncTo(agent.Lost);
        duplicates.IncTo(agent.Duplicates);
        reordered.IncTo(agent.Reordered);
        restarts.IncTo(agent.Restarts);
        conflicts.IncTo(agent.Conflicts);
        flowSamples.IncTo(agent.FlowSamples);
        counterSamples.IncTo(agent.CounterSamples);
    }

    public void Remove()
    {
        foreach (Counter.Child child in (Counter.Child[])[datagrams, lost, duplicates, reordered, restarts, conflicts, flowSamples, counterSamples, estimated, counted])
            child.Remove();
        lastSeen.Remove();
        samplingRate?.Remove();
        ratio?.Remove();
        error?.Remove();
    }

    /// <summary>A figure that is not always known: its series comes and goes.</summary>
    private void Set(ref Gauge.Child? child, Gauge family, double? value)
    {
        if (value is { } known) (child ??= family.WithLabels(labels)).Set(known);
        else
        {
            child?.Remove();
            child = null;
        }
    }
}
