using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>How well the Kubernetes API is followed; nothing without one.</summary>
internal sealed class KubernetesMetrics : IMetricGroup
{
    private readonly List<(Counter.Child Child, Func<long> Value)> counters = [];
    private readonly List<(Gauge.Child Child, Func<double> Value)> gauges = [];

    public KubernetesMetrics(MetricCreator metrics, Sources sources)
    {
        Gauge objects = metrics.Gauge(MetricCatalogue.KubernetesObjects), synced = metrics.Gauge(MetricCatalogue.KubernetesLastSync);
        Counter relists = metrics.Counter(MetricCatalogue.KubernetesRelists), errors = metrics.Counter(MetricCatalogue.KubernetesErrors);
        foreach (WatchStats kind in sources.Kinds)
        {
            gauges.Add((objects.WithLabels(kind.Kind), () => kind.Objects));
            gauges.Add((synced.WithLabels(kind.Kind), () => kind.LastSync / 1e9));
            counters.Add((relists.WithLabels(kind.Kind), () => kind.Relists));
            foreach (ApiFault fault in Enum.GetValues<ApiFault>()) counters.Add((errors.WithLabels(kind.Kind, SnakeCase.Of(fault)), () => kind[fault]));
        }
    }

    public void Fill(ZeroInitialization zero)
    {
        foreach ((Counter.Child child, Func<long> value) in counters) child.IncTo(value());
        foreach ((Gauge.Child child, Func<double> value) in gauges) child.Set(value());
    }
}
