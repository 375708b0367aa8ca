using System.Diagnostics;
using Prometheus;

namespace SFlow.Exporter.Metrics;

/// <summary>Part of a metric set: knows how one group of metrics is read.</summary>
internal interface IMetricGroup
{
    /// <summary>Copies the present figures into the metrics.</summary>
    /// <param name="zero">Learns of each series that is filled for the first time.</param>
    void Fill(ZeroInitialization zero);
}

/// <summary>All metrics with their true values, for all readers. One caller at a time.</summary>
internal sealed class MetricSet
{
    private readonly CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly Sources sources;
    private readonly IMetricGroup[] groups;
    private readonly FamilyText[] families;
    private readonly Gauge scrapeDuration;

    public MetricSet(Sources sources, ZeroInitialization zeroStart)
    {
        Zero = zeroStart;
        this.sources = sources;
        MetricCreator metrics = new(registry);
        families = [.. sources.Families.Select(family => new FamilyText(family))];
        groups =
        [
            new FamilyMetrics(metrics, sources), new AgentMetrics(metrics, sources), new AgentStateMetrics(metrics, sources),
            new OvsMetrics(metrics, sources), new InterfaceMetrics(metrics, sources),
            new PipelineMetrics(metrics, sources), new RecordMetrics(metrics, sources), new HistoryMetrics(metrics, sources), new KubernetesMetrics(metrics, sources), new InventoryMetrics(metrics, sources), new GeoIpMetrics(metrics, sources),
            new HttpMetrics(metrics, sources), new ProcessMetrics(metrics),
        ];
        scrapeDuration = metrics.Gauge(MetricCatalogue.ScrapeDuration);
    }

    /// <summary>Series that are new.</summary>
    public ZeroInitialization Zero { get; }

    /// <summary>Takes the figures of this moment.</summary>
    public void Fill(long nowNanoseconds)
    {
        long start = Stopwatch.GetTimestamp();
        Zero.Begin(nowNanoseconds);
        foreach (FamilyText family in families) family.Take(Zero.Rendering);
        foreach (IMetricGroup group in groups) group.Fill(Zero);
        scrapeDuration.Set(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Writes the families, then all other metrics.</summary>
    /// <returns>Values of series of the families that are new, and where the other metrics begin.</returns>
    public async Task<(List<NewValue> NewValues, int Others)> WriteAsync(MemoryStream destination, ExpositionFormat format, CancellationToken cancellation)
    {
        List<NewValue> newValues = [];
        foreach (FamilyText family in families) family.Write(destination, format == ExpositionFormat.OpenMetricsText, Zero, newValues);
        int rest = (int)destination.Length;
        await registry.CollectAndExportAsTextAsync(destination, format, cancellation);
        return (newValues, rest);
    }
}
