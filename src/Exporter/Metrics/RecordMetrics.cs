using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>What became of the records that were offered to each sink, how its server does, and what the embedded store holds.</summary>
internal sealed class RecordMetrics : IMetricGroup
{
    private readonly List<(Counter.Child Child, Func<long> Value)> counters = [];
    private readonly List<(Gauge.Child Child, Func<long> Value)> gauges = [];

    public RecordMetrics(MetricCreator metrics, Sources sources)
    {
        Counter records = metrics.Counter(MetricCatalogue.Records), lost = metrics.Counter(MetricCatalogue.RecordsLost);
        Gauge length = metrics.Gauge(MetricCatalogue.QueueLength);
        foreach (RecordQueue queue in sources.Queues)
        {
            counters.Add((records.WithLabels(queue.Sink, "written"), () => queue.Written));
            counters.Add((records.WithLabels(queue.Sink, "already_there"), () => queue.AlreadyThere));
            if (sources.Ship?.Rollup is not null) counters.Add((records.WithLabels(queue.Sink, "rolled_up"), () => queue.RolledUp));
            foreach (LossReason reason in Enum.GetValues<LossReason>())
                counters.Add((lost.WithLabels(queue.Sink, SnakeCase.Of(reason)), () => queue.Lost(reason)));
            gauges.Add((length.WithLabels(queue.Sink), () => queue.Waiting));
        }
        AddSinks(metrics, sources.Sinks);
        if (sources.Ship is { } ship) AddShip(metrics, ship, sources.Spool);
        if (sources.Spool is { } spool) AddSpool(metrics, spool);
        if (sources.Store is not { } store) return;
        gauges.Add((metrics.Gauge(MetricCatalogue.StoreUp).WithLabels(), () => store.IsUp ? 1 : 0));
        gauges.Add((metrics.Gauge(MetricCatalogue.StoreRecords).WithLabels(), () => store.Rows));
        gauges.Add((metrics.Gauge(MetricCatalogue.StoreBytes).WithLabels(), () => store.Bytes));
        counters.Add((metrics.Counter(MetricCatalogue.StoreEvicted).WithLabels(), () => store.Evicted));
    }

    private void AddSinks(MetricCreator metrics, IReadOnlyList<SinkState> sinks)
    {
        foreach (SinkState sink in sinks)
        {
            gauges.Add((metrics.Gauge(MetricCatalogue.SinkUp).WithLabels(sink.Sink), () => sink.IsUp ? 1 : 0));
            counters.Add((metrics.Counter(MetricCatalogue.SinkRequests).WithLabels(sink.Sink), () => sink.Requests));
            counters.Add((metrics.Counter(MetricCatalogue.SinkRetries).WithLabels(sink.Sink), () => sink.Retries));
            counters.Add((metrics.Counter(MetricCatalogue.SinkSentBytes).WithLabels(sink.Sink), () => sink.SentBytes));
        }
    }

    private void AddShip(MetricCreator metrics, ShipStats ship, SpoolStats? spool)
    {
        Counter items = metrics.Counter(MetricCatalogue.ElasticsearchItems);
        foreach (ItemOutcome outcome in Enum.GetValues<ItemOutcome>()) counters.Add((items.WithLabels(SnakeCase.Of(outcome)), () => ship.Items(outcome)));
        gauges.Add((metrics.Gauge(MetricCatalogue.ElasticsearchLag).WithLabels(), () => (long)Math.Max(ship.Lag().TotalSeconds, spool?.OldestSeconds ?? 0)));
        if (ship.Rollup is { } rollup) AddRollup(metrics, rollup);
        if (ship.DeadLetters is not { } letters) return;
        counters.Add((metrics.Counter(MetricCatalogue.DeadLetters).WithLabels(), () => letters.Kept));
        Counter lost = metrics.Counter(MetricCatalogue.DeadLettersLost);
        foreach (DeadLetterLoss reason in Enum.GetValues<DeadLetterLoss>()) counters.Add((lost.WithLabels(SnakeCase.Of(reason)), () => letters.Lost(reason)));
        gauges.Add((metrics.Gauge(MetricCatalogue.DeadLetterBytes).WithLabels(), () => letters.Bytes()));
        gauges.Add((metrics.Gauge(MetricCatalogue.DeadLetterLimit).WithLabels(), () => letters.Limit));
    }

    private void AddRollup(MetricCreator metrics, RollupStats rollup)
    {
        Counter documents = metrics.Counter(MetricCatalogue.RollupDocuments);
        foreach (RollupClose reason in Enum.GetValues<RollupClose>()) counters.Add((documents.WithLabels(SnakeCase.Of(reason)), () => rollup.Documents(reason)));
        gauges.Add((metrics.Gauge(MetricCatalogue.RollupConversations).WithLabels(), () => rollup.Conversations));
    }

    private void AddSpool(MetricCreator metrics, SpoolStats spool)
    {
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolUp).WithLabels(), () => spool.IsUp ? 1 : 0));
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolBytes).WithLabels(), () => spool.Bytes));
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolLimit).WithLabels(), () => spool.Limit));
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolRecords).WithLabels(), () => spool.Records));
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolOldest).WithLabels(), () => spool.OldestSeconds));
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolRestored).WithLabels(), () => spool.Restored));
        gauges.Add((metrics.Gauge(MetricCatalogue.SpoolLeftInMemory).WithLabels(), () => spool.LeftInMemory));
    }

    public void Fill(ZeroInitialization zero)
    {
        foreach ((Counter.Child child, Func<long> value) in counters) child.IncTo(value());
        foreach ((Gauge.Child child, Func<long> value) in gauges) child.Set(value());
    }
}
