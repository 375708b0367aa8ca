using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>Age and reading of the databases of places; nothing without any.</summary>
internal sealed class GeoIpMetrics(MetricCreator metrics, Sources sources) : IMetricGroup
{
    private readonly Gauge built = metrics.Gauge(MetricCatalogue.GeoipBuilt);
    private readonly Counter loads = metrics.Counter(MetricCatalogue.GeoipLoads);

    public void Fill(ZeroInitialization zero)
    {
        foreach (GeoIpStats database in sources.Places)
        {
            built.WithLabels(database.File).Set(database.Built);
            loads.WithLabels(database.File, "loaded").IncTo(database.Loads);
            loads.WithLabels(database.File, "failed").IncTo(database.Faults);
        }
    }
}
