using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>What the line from socket to counter did with datagrams and samples; every closed label set is there at zero from the start.</summary>
internal sealed class PipelineMetrics : IMetricGroup
{
    private readonly Sources sources;
    private readonly List<(Counter.Child Child, Func<long> Value)> counters = [];
    private readonly Gauge.Child listening;
    private readonly Counter skipped;
    private readonly Counter.Child skippedOther;
    private readonly Dictionary<(StructureKind, uint, uint), Counter.Child> skippedChildren = [];

    public PipelineMetrics(MetricCreator metrics, Sources sources)
    {
        this.sources = sources;
        metrics.Gauge(MetricCatalogue.BuildInfo).WithLabels(Build.Version, Build.Revision).Set(1);
        Add(metrics.Counter(MetricCatalogue.DatagramsReceived).WithLabels(), () => sources.Received);
        Add(metrics.Counter(MetricCatalogue.ReceivedBytes).WithLabels(), () => sources.ReceivedBytes);
        Counter decoded = metrics.Counter(MetricCatalogue.SamplesDecoded);
        Add(decoded.WithLabels("flow"), () => sources.FlowSamples);
        Add(decoded.WithLabels("counter"), () => sources.CounterSamples);

        Counter datagrams = metrics.Counter(MetricCatalogue.Datagrams), dropped = metrics.Counter(MetricCatalogue.DatagramsDropped);
        foreach (DatagramOutcome outcome in Enum.GetValues<DatagramOutcome>())
        {
            Add(datagrams.WithLabels(SnakeCase.Of(outcome)), () => sources.Sum(outcome));
            if (DropReason.DropsWhole(outcome)) Add(dropped.WithLabels(SnakeCase.Of(outcome)), () => sources.Sum(outcome));
        }
        Add(dropped.WithLabels(DropReason.Kernel), () => sources.KernelDrops);

        Counter samples = metrics.Counter(MetricCatalogue.Samples), notCounted = metrics.Counter(MetricCatalogue.SamplesNotCounted);
        foreach (Observation observation in Enum.GetValues<Observation>())
            Add(samples.WithLabels(SnakeCase.Of(observation)), () => sources.Sum(observation));
        Counter servers = metrics.Counter(MetricCatalogue.ServerSamples);
        foreach (ServerReason reason in Enum.GetValues<ServerReason>())
            Add(servers.WithLabels(SnakeCase.Of(reason)), () => sources.Sum(reason));
        foreach (SampleFault fault in Enum.GetValues<SampleFault>())
            if (fault != SampleFault.None) Add(notCounted.WithLabels(SnakeCase.Of(fault)), () => sources.Sum(fault));

        listening = metrics.Gauge(MetricCatalogue.ListeningSockets).WithLabels();
        metrics.Gauge(MetricCatalogue.ListeningSocketsLimit).WithLabels().Set(sources.Listening?.Maximum ?? 0);
        Add(metrics.Counter(MetricCatalogue.ListeningSocketsDisplaced).WithLabels(), () => sources.Listening?.Displaced ?? 0);

        skipped = metrics.Counter(MetricCatalogue.StructuresSkipped);
        skippedOther = skipped.WithLabels(ReservedLabels.Other, ReservedLabels.Other);
    }

    public void Fill(ZeroInitialization zero)
    {
        foreach ((Counter.Child child, Func<long> value) in counters) child.IncTo(value());
        listening.Set(sources.Listening?.Count ?? 0);
        long tooMany = sources.SkippedOther;
        foreach (SkippedStructure structure in sources.Skipped())
        {
            (StructureKind, uint, uint) key = (structure.Kind, structure.Enterprise, structure.Format);
            if (!skippedChildren.TryGetValue(key, out Counter.Child? child))
            {
                // Each worker distinguishes so many types; all of them together have no more series.
                if (skippedChildren.Count == SkippedStructures.MaximumTypes)
                {
                    tooMany += structure.Count;
                    continue;
                }
                string[] labels = [SnakeCase.Of(structure.Kind), $"{structure.Enterprise}:{structure.Format}"];
                child = skipped.WithLabels(labels);
                zero.Add(MetricCatalogue.StructuresSkipped, labels);
                skippedChildren.Add(key, child);
            }
            child.IncTo(structure.Count);
        }
        skippedOther.IncTo(tooMany);
    }

    private void Add(Counter.Child child, Func<long> value) => counters.Add((child, value));
}
