using System.Globalization;
using Prometheus;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// What each agent sent and what of it was lost; bounded by the agents that have metrics of their own. What all others sent is one more series.
/// </summary>
internal sealed class AgentMetrics(MetricCreator metrics, Sources sources) : IMetricGroup
{
    private readonly AgentFamilies families = new(metrics);
    private readonly Gauge known = metrics.Gauge(MetricCatalogue.Agents);
    private readonly Gauge limit = metrics.Gauge(MetricCatalogue.AgentsLimit);
    private readonly Gauge ports = metrics.Gauge(MetricCatalogue.Ports);
    private readonly Gauge portsLimit = metrics.Gauge(MetricCatalogue.PortsLimit);
    private readonly Counter portsRefused = metrics.Counter(MetricCatalogue.PortsRefused);
    /// <summary>By the id of the agent; null for those without metrics of their own.</summary>
    private readonly List<AgentChildren?> children = [];
    private AgentChildren? others;

    public void Fill(ZeroInitialization zero)
    {
        int count = sources.Agents.Count;
        for (int id = 0; id < count; id++)
        {
            Agent agent = sources.Agents[id];
            if (id == children.Count) children.Add(null);
            bool renamed = false;
            if (children[id] is { } former && !former.HasNamesOf(agent))
            {
                // Another agent, or the same one under a better name: were the old name left, sums would count it twice.
                former.Remove();
                renamed = former.IsOf(agent);
                children[id] = null;
            }
            if (!agent.HasOwnSeries || agent.IsEvicted) continue;
            if (children[id] is null)
            {
                children[id] = Make(agent);
                if (!renamed) children[id]!.StartWithZero(zero);
            }
            children[id]!.Fill(agent, sources);
        }
        FillOthers(zero);
        known.Set(sources.Agents.Known);
        limit.Set(sources.Agents.Maximum);
        ports.Set(sources.Calibration.Ports);
        portsLimit.Set(sources.Calibration.MaximumPorts);
        portsRefused.IncTo(sources.Calibration.RefusedPorts + sources.Agents.Interfaces.Followed.Refused);
    }

    /// <summary>Values of the labels that all metrics of an agent have.</summary>
    public static string[] LabelsOf(Agent agent) =>
        [agent.Address.ToString(), agent.SubAgentId.ToString(CultureInfo.InvariantCulture), agent.Node?.Name ?? ReservedLabels.Unknown];

    private void FillOthers(ZeroInitialization zero)
    {
        if (sources.Agents.ReadOthers() is not { } figures) return;
        if (others is null)
        {
            others = new AgentChildren(families, null, [ReservedLabels.Other, ReservedLabels.Other, ReservedLabels.Other]);
            others.StartWithZero(zero);
        }
        others.Fill(figures);
    }

    private AgentChildren Make(Agent agent) => new(families, agent, LabelsOf(agent));
}

/// <summary>The metrics that have agents for labels.</summary>
internal sealed class AgentFamilies(MetricCreator metrics)
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

/// <summary>The series of one agent under one set of labels, or of all others together, which have counters of datagrams and samples only.</summary>
internal sealed class AgentChildren(AgentFamilies families, Agent? of, string[] labels)
{
    private readonly int observerNode = of?.ObserverNode ?? -1;
    private readonly Counter.Child datagrams = families.Datagrams.WithLabels(labels);
    private readonly Counter.Child lost = families.Lost.WithLabels(labels);
    private readonly Counter.Child duplicates = families.Duplicates.WithLabels(labels);
    private readonly Counter.Child reordered = families.Reordered.WithLabels(labels);
    private readonly Counter.Child restarts = families.Restarts.WithLabels(labels);
    private readonly Counter.Child conflicts = families.Conflicts.WithLabels(labels);
    private readonly Counter.Child flowSamples = families.Samples.WithLabels([.. labels, "flow"]);
    private readonly Counter.Child counterSamples = families.Samples.WithLabels([.. labels, "counter"]);
    private Counter.Child? estimated, counted;
    private Gauge.Child? lastSeen, samplingRate, ratio, error;

    public bool IsOf(Agent agent) => ReferenceEquals(agent, of);

    /// <summary>Whether these are the series that the agent should have.</summary>
    public bool HasNamesOf(Agent agent) => IsOf(agent) && agent is { HasOwnSeries: true, IsEvicted: false } && agent.ObserverNode == observerNode;

    /// <summary>The counters are new to all readers.</summary>
    public void StartWithZero(ZeroInitialization zero)
    {
        foreach (MetricDefinition metric in (MetricDefinition[])
            [
                MetricCatalogue.AgentDatagrams, MetricCatalogue.AgentDatagramsLost, MetricCatalogue.AgentDatagramsDuplicate, MetricCatalogue.AgentDatagramsReordered,
                MetricCatalogue.AgentRestarts, MetricCatalogue.AgentConflicts, MetricCatalogue.AgentCalibrationEstimated, MetricCatalogue.AgentCalibrationCounted,
            ])
            zero.Add(metric, labels);
        foreach (string type in (string[])["flow", "counter"]) zero.Add(MetricCatalogue.AgentSamples, [.. labels, type]);
    }

    /// <param name="agent">The agent's figures.</param>
    /// <param name="sources">The clock of the agent's times, and its calibration.</param>
    public void Fill(Agent agent, Sources sources)
    {
        (lastSeen ??= families.LastSeen.WithLabels(labels)).Set(sources.Steady.ToUnixNanoseconds(agent.LastSeen) / 1e9);
        (estimated, counted) = (estimated ?? families.CalibrationEstimated.WithLabels(labels), counted ?? families.CalibrationCounted.WithLabels(labels));
        if (agent.SamplingRate > 0) (samplingRate ??= families.SamplingRate.WithLabels(labels)).Set(agent.SamplingRate);
        CalibrationSums recent = sources.Calibration.Read(agent.Id, recent: true), total = sources.Calibration.Read(agent.Id, recent: false);
        Set(ref ratio, families.CalibrationRatio, recent.Ratio);
        Set(ref error, families.CalibrationError, recent.Error);
        estimated.IncTo(total.Estimated);
        counted.IncTo(total.Counted);
        Fill(agent.Figures - agent.Elsewhere);
    }

    public void Fill(in AgentFigures figures)
    {
        datagrams.IncTo(figures.Datagrams);
        lost.IncTo(figures.Lost);
        duplicates.IncTo(figures.Duplicates);
        reordered.IncTo(figures.Reordered);
        restarts.IncTo(figures.Restarts);
        conflicts.IncTo(figures.Conflicts);
        flowSamples.IncTo(figures.FlowSamples);
        counterSamples.IncTo(figures.CounterSamples);
    }

    public void Remove()
    {
        foreach (Counter.Child child in (Counter.Child[])[datagrams, lost, duplicates, reordered, restarts, conflicts, flowSamples, counterSamples])
            child.Remove();
        estimated?.Remove();
        counted?.Remove();
        lastSeen?.Remove();
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
