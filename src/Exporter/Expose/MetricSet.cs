using System.Diagnostics;
using Prometheus;

namespace SFlow.Exporter.Expose;

/// <summary>Part of a metric set: knows how one group of metrics is read.</summary>
internal interface IMetricGroup
{
    /// <summary>Copies the present figures into the metrics.</summary>
    void Fill(ZeroStart zero);

    /// <summary>What was filled last reached its reader.</summary>
    void Shown();
}

/// <summary>One copy of all metrics, for one reader (or for everybody who does not remember). One caller at a time.</summary>
internal sealed class MetricSet
{
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    private readonly ZeroStart zero;
    private readonly Sources sources;
    private readonly IMetricGroup[] groups;
    private readonly Gauge scrapeDuration;

    public MetricSet(Sources sources, ZeroStart zeroStart)
    {
        zero = zeroStart;
        this.sources = sources;
        MetricFactory metrics = new(registry);
        groups =
        [
            FlowMetrics.Flows(metrics, sources), FlowMetrics.Acknowledged(metrics, sources), new AgentMetrics(metrics, sources), new AgentStateMetrics(metrics, sources),
            new LineMetrics(metrics, sources), new RecordMetrics(metrics, sources), new KubernetesMetrics(metrics, sources), new PlaceMetrics(metrics, sources),
            new ProcessMetrics(metrics),
        ];
        scrapeDuration = metrics.Gauge(MetricCatalogue.ScrapeDuration);
    }

    /// <summary>Takes the figures of this moment.</summary>
    public void Fill(long nowNanoseconds)
    {
        long start = Stopwatch.GetTimestamp();
        zero.Begin(nowNanoseconds);
        sources.Agents.Settle(sources.Steady.Now, final: false);
        foreach (IMetricGroup group in groups) group.Fill(zero);
        scrapeDuration.Set(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public Task WriteAsync(Stream destination, ExpositionFormat format, CancellationToken cancellation) =>
        registry.CollectAndExportAsTextAsync(destination, format, cancellation);

    /// <summary>The reader has it: series that were held back show their value from the next time on.</summary>
    public void Shown()
    {
        zero.Shown();
        foreach (IMetricGroup group in groups) group.Shown();
    }
}
