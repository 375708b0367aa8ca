using Prometheus;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>What the HTTP side refused and how many connections it has.</summary>
internal sealed class HttpMetrics : IMetricGroup
{
    private readonly HttpFigures figures;
    private readonly List<(Counter.Child Child, HttpRefusal Reason)> refused = [];
    private readonly Gauge connections, limit;
    private readonly Gauge? webConfig;

    public HttpMetrics(MetricCreator metrics, Sources sources)
    {
        figures = sources.Http;
        Counter counter = metrics.Counter(MetricCatalogue.HttpRefused);
        foreach (HttpRefusal reason in Enum.GetValues<HttpRefusal>()) refused.Add((counter.WithLabels(SnakeCase.Of(reason)), reason));
        connections = metrics.Gauge(MetricCatalogue.HttpConnections);
        limit = metrics.Gauge(MetricCatalogue.HttpConnectionsLimit);
        if (figures.WebConfigIsCurrent is not null) webConfig = metrics.Gauge(MetricCatalogue.HttpWebConfigUp);
    }

    public void Fill(ZeroInitialization zero)
    {
        foreach ((Counter.Child child, HttpRefusal reason) in refused) child.IncTo(figures[reason]);
        connections.Set(figures.Connections);
        limit.Set(figures.ConnectionsLimit);
        webConfig?.Set(figures.WebConfigIsCurrent == true ? 1 : 0);
    }
}
