namespace SFlow.Exporter.Metrics;

internal enum MetricType { Counter, Gauge }

/// <summary>One metric as promised to whoever scrapes: the only place where its name, help and labels stand.</summary>
internal sealed record MetricDefinition(MetricType Type, string Name, string Help, params string[] Labels);
