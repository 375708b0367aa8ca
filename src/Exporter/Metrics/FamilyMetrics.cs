using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>A bounded family: its counters, one of each column a row, and how full it is.</summary>
internal sealed class FamilyMetrics : IMetricGroup
{
    private readonly IFamily family;
    private readonly MetricDefinition[] definitions;
    private readonly Counter[] counters;
    private readonly Gauge.Child series, limit;
    private readonly Counter.Child folded;
    private readonly List<Counter.Child[]> rows = [];
    private FlowTotals[] totals = [];

    public FamilyMetrics(MetricCreator metrics, IFamily family)
    {
        this.family = family;
        definitions = MetricCatalogue.Of(family);
        counters = [.. definitions.Select(metrics.Counter)];
        series = metrics.Gauge(MetricCatalogue.Series).WithLabels(family.Name);
        limit = metrics.Gauge(MetricCatalogue.SeriesLimit).WithLabels(family.Name);
        folded = metrics.Counter(MetricCatalogue.Folded).WithLabels(family.Name);
    }

    public void Fill(ZeroInitialization zero)
    {
        int count = family.Count;
        if (totals.Length < count) totals = new FlowTotals[Math.Min(family.Limit, Math.Max(count, totals.Length * 2))];
        family.Read(totals.AsSpan(0, count));
        while (rows.Count < count) rows.Add(Make(family.Row(rows.Count), zero));
        for (int row = 0; row < count; row++)
            for (int i = 0; i < counters.Length; i++) rows[row][i].IncTo(totals[row][family.Columns[i].Figure]);
        series.Set(count);
        limit.Set(family.Limit);
        folded.IncTo(family.Folded);
    }

    private Counter.Child[] Make(FamilyRow row, ZeroInitialization zero)
    {
        foreach (MetricDefinition metric in definitions) zero.Add(metric, row.Values, row.BornNanoseconds);
        return [.. counters.Select(counter => counter.WithLabels(row.Values))];
    }
}
