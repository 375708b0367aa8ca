using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>How full the families are, and what had to give way.</summary>
internal sealed class FamilyMetrics(MetricCreator metrics, Sources sources) : IMetricGroup
{
    private readonly Gauge series = metrics.Gauge(MetricCatalogue.Series), limit = metrics.Gauge(MetricCatalogue.SeriesLimit);
    private readonly Counter folded = metrics.Counter(MetricCatalogue.Folded), displaced = metrics.Counter(MetricCatalogue.Displaced), expired = metrics.Counter(MetricCatalogue.Expired);

    public void Fill(ZeroInitialization zero)
    {
        foreach (IFamily family in sources.Families)
        {
            series.WithLabels(family.Name).Set(family.Count);
            limit.WithLabels(family.Name).Set(family.Limit);
            folded.WithLabels(family.Name).IncTo(family.Folded);
            displaced.WithLabels(family.Name).IncTo(family.Displaced);
            expired.WithLabels(family.Name).IncTo(family.Expired);
        }
    }
}
