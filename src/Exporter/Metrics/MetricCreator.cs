using Prometheus;

namespace SFlow.Exporter.Metrics;

/// <summary>Makes the metrics of one registry from their definitions.</summary>
internal sealed class MetricCreator
{
    private readonly Prometheus.MetricFactory factory;

    public MetricCreator(CollectorRegistry registry)
    {
        factory = Prometheus.Metrics.WithCustomRegistry(registry);
        // An exemplar would tie a count to whoever happens to scrape.
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
    }

    public Counter Counter(MetricDefinition definition) =>
        definition.Type == MetricType.Counter
            ? factory.CreateCounter(definition.Name, definition.Help, definition.Labels)
            : throw new ArgumentException($"{definition.Name} is no counter", nameof(definition));

    public Gauge Gauge(MetricDefinition definition) =>
        definition.Type == MetricType.Gauge
            ? factory.CreateGauge(definition.Name, definition.Help, definition.Labels)
            : throw new ArgumentException($"{definition.Name} is no gauge", nameof(definition));
}
