using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>A bounded family: its counters, one of each a row, and how full it is.</summary>
internal sealed class FlowMetrics : IMetricGroup
{
    private readonly IFlowFamily flows;
    private readonly (MetricDefinition Metric, Func<FlowTotals, double> Figure)[] definitions;
    private readonly (Counter Counter, Func<FlowTotals, double> Figure)[] counters;
    private readonly Gauge.Child series, limit;
    private readonly Counter.Child folded;
    private readonly List<Counter.Child[]> rows = [];
    private FlowTotals[] totals = [];

    private FlowMetrics(MetricCreator metrics, IFlowFamily flows, string name, params (MetricDefinition Metric, Func<FlowTotals, double> Figure)[] figures)
    {
        this.flows = flows;
        definitions = figures;
        counters = [.. figures.Select(figure => (metrics.Counter(figure.Metric), figure.Figure))];
        series = metrics.Gauge(MetricCatalogue.Series).WithLabels(name);
        limit = metrics.Gauge(MetricCatalogue.SeriesLimit).WithLabels(name);
        folded = metrics.Counter(MetricCatalogue.Folded).WithLabels(name);
    }

    /// <summary>The counted flows.</summary>
    public static FlowMetrics Flows(MetricCreator metrics, Sources sources) => new(
        metrics, sources.Flows, ReservedLabels.FlowFamily,
        (MetricCatalogue.FlowBytes, sums => (double)sums.Bytes), (MetricCatalogue.FlowPackets, sums => (double)sums.Packets), (MetricCatalogue.FlowSamples, sums => sums.Samples),
        (MetricCatalogue.FlowBytesVariance, sums => sums.BytesVariance), (MetricCatalogue.FlowPacketsVariance, sums => sums.PacketsVariance));

    /// <summary>What pods received from ends that nobody samples.</summary>
    public static FlowMetrics Acknowledged(MetricCreator metrics, Sources sources) => new(
        metrics, sources.Acknowledged, ReservedLabels.AcknowledgedFamily, (MetricCatalogue.AcknowledgedBytes, sums => (double)sums.Bytes));

    public void Fill(ZeroInitialization zero)
    {
        int count = flows.Count;
        if (totals.Length < count) totals = new FlowTotals[Math.Min(flows.Limit, Math.Max(count, totals.Length * 2))];
        flows.Read(totals.AsSpan(0, count));
        while (rows.Count < count) rows.Add(Make(flows.Series(rows.Count), zero));
        for (int row = 0; row < count; row++)
            for (int i = 0; i < counters.Length; i++) rows[row][i].IncTo(counters[i].Figure(totals[row]));
        series.Set(count);
        limit.Set(flows.Limit);
        folded.IncTo(flows.Folded);
    }

    private Counter.Child[] Make(FlowSeries labels, ZeroInitialization zero)
    {
        string[] values = [labels.SourceNamespace, labels.DestinationNamespace, labels.ServerService];
        foreach ((MetricDefinition metric, _) in definitions) zero.Add(metric, values, labels.BornNanoseconds);
        return [.. counters.Select(counter => counter.Counter.WithLabels(values))];
    }
}
