using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Expose;

/// <summary>The counted flows: three counters a row of the family, and how full the family is.</summary>
internal sealed class FlowMetrics(MetricFactory metrics, Sources sources) : IMetricGroup
{
    /// <summary>Label value <c>family</c>.</summary>
    public const string Family = "sflow_flow";

    private readonly Counter bytes = metrics.Counter(MetricCatalogue.FlowBytes);
    private readonly Counter packets = metrics.Counter(MetricCatalogue.FlowPackets);
    private readonly Counter samples = metrics.Counter(MetricCatalogue.FlowSamples);
    private readonly Gauge.Child series = metrics.Gauge(MetricCatalogue.Series).WithLabels(Family);
    private readonly Gauge.Child limit = metrics.Gauge(MetricCatalogue.SeriesLimit).WithLabels(Family);
    private readonly Counter.Child folded = metrics.Counter(MetricCatalogue.Folded).WithLabels(Family);
    private readonly List<Row> rows = [];
    private FlowTotals[] totals = [];
    private int shown;

    public void Fill(ZeroStart zero)
    {
        IFlowFamily flows = sources.Flows;
        int count = flows.Count;
        if (totals.Length < count) totals = new FlowTotals[Math.Min(flows.Limit, Math.Max(count, totals.Length * 2))];
        flows.Read(totals.AsSpan(0, count));
        while (rows.Count < count) rows.Add(Make(flows.Series(rows.Count)));
        for (int row = 0; row < count; row++)
        {
            if (row >= shown && zero.HoldsBack(flows.Series(row).BornNanoseconds)) continue;
            rows[row].Bytes.IncTo(totals[row].Bytes);
            rows[row].Packets.IncTo(totals[row].Packets);
            rows[row].Samples.IncTo(totals[row].Samples);
        }
        series.Set(count);
        limit.Set(flows.Limit);
        folded.IncTo(flows.Folded);
    }

    public void Shown() => shown = rows.Count;

    private Row Make(FlowSeries labels)
    {
        string[] values = [labels.SourceNamespace, labels.DestinationNamespace, labels.ServerService];
        return new Row(bytes.WithLabels(values), packets.WithLabels(values), samples.WithLabels(values));
    }

    private readonly record struct Row(Counter.Child Bytes, Counter.Child Packets, Counter.Child Samples);
}
