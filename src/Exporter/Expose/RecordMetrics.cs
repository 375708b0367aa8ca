using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Expose;

/// <summary>What became of the records that were offered to each sink.</summary>
internal sealed class RecordMetrics : IMetricGroup
{
    private readonly List<(Counter.Child Child, Func<long> Value)> counters = [];
    private readonly List<(Gauge.Child Child, RecordQueue Queue)> lengths = [];

    public RecordMetrics(MetricFactory metrics, Sources sources)
    {
        Counter records = metrics.Counter(MetricCatalogue.Records), lost = metrics.Counter(MetricCatalogue.RecordsLost);
        Gauge length = metrics.Gauge(MetricCatalogue.QueueLength);
        foreach (RecordQueue queue in sources.Queues)
        {
            counters.Add((records.WithLabels(queue.Sink, "written"), () => queue.Written));
            counters.Add((records.WithLabels(queue.Sink, "already_there"), () => queue.AlreadyThere));
            foreach (LossReason reason in Enum.GetValues<LossReason>())
                counters.Add((lost.WithLabels(queue.Sink, LabelValue.Of(reason)), () => queue.Lost(reason)));
            lengths.Add((length.WithLabels(queue.Sink), queue));
        }
    }

    public void Fill(ZeroStart zero)
    {
        foreach ((Counter.Child child, Func<long> value) in counters) child.IncTo(value());
        foreach ((Gauge.Child child, RecordQueue queue) in lengths) child.Set(queue.Waiting);
    }

    public void Shown()
    {
    }
}
