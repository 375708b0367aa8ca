using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Otlp</c>: the metric families by the OpenTelemetry protocol; off by default.</summary>
internal sealed class OtlpOptions
{
    [Option("--otlp", "Send the metric families by the OpenTelemetry protocol (OTLP), besides /metrics. false sends none.")]
    public bool Enabled { get; set; }

    [Option("--otlp-endpoint", "Send to this OTLP receiver. Empty uses the variables OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT, or a receiver on this host.", Placeholder = "URL")]
    public string Endpoint { get; set; } = "";

    [Option("--otlp-protocol", "Send by this protocol: http/protobuf or grpc. Empty uses the variables OTEL_EXPORTER_OTLP_METRICS_PROTOCOL or OTEL_EXPORTER_OTLP_PROTOCOL, or http/protobuf. Receivers of grpc refuse more than about 28,000 series.", Placeholder = "PROTOCOL")]
    [RegularExpression("^(|http/protobuf|grpc)$")]
    public string Protocol { get; set; } = "";

    [Option("--otlp-interval", "Send after each such time. 0 uses the variable OTEL_METRIC_EXPORT_INTERVAL, or 60s.")]
    [DurationRange("0s", "1h")]
    public TimeSpan Interval { get; set; }

    [Option("--otlp-timeout", "Maximum time of one export. A failed export is counted; the next one has the newer sums.")]
    [DurationRange("1s", "5m")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
