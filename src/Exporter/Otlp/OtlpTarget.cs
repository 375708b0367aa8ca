using OpenTelemetry.Exporter;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Otlp;

/// <summary>
/// Where and how to send: our options first, then the variables of the OpenTelemetry specification, those for metrics before the common ones. Headers,
/// certificates and the common variables are read by the exporter's own options.
/// </summary>
internal static class OtlpTarget
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    /// <exception cref="SettingsException">A variable has an impossible value.</exception>
    public static OtlpExporterOptions Of(OtlpOptions options, Func<string, string?> variable)
    {
        string protocol = First(options.Protocol, variable("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"), variable("OTEL_EXPORTER_OTLP_PROTOCOL"), "http/protobuf");
        OtlpExporterOptions target = new()
        {
            Protocol = protocol switch
            {
                "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
                "grpc" => OtlpExportProtocol.Grpc,
                _ => throw new SettingsException([$"The OTLP protocol is \"{protocol}\". Set Otlp:Protocol or OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf or grpc."]),
            },
            TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds,
        };
        bool isHttp = target.Protocol == OtlpExportProtocol.HttpProtobuf;
        string own = variable("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") is { Length: > 0 } exact && options.Endpoint.Length == 0 ? exact
            : WithPath(First(options.Endpoint, variable("OTEL_EXPORTER_OTLP_ENDPOINT"), isHttp ? "http://localhost:4318" : "http://localhost:4317"), isHttp);
        if (!Uri.TryCreate(own, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new SettingsException([$"The OTLP endpoint is \"{own}\". Set Otlp:Endpoint or OTEL_EXPORTER_OTLP_ENDPOINT to a URL such as http://collector:4318."]);
        target.Endpoint = endpoint;
        if (variable("OTEL_EXPORTER_OTLP_METRICS_HEADERS") is { Length: > 0 } headers) target.Headers = headers;
        return target;
    }

    public static TimeSpan IntervalOf(OtlpOptions options, Func<string, string?> variable) =>
        options.Interval > TimeSpan.Zero ? options.Interval
        : int.TryParse(variable("OTEL_METRIC_EXPORT_INTERVAL"), out int milliseconds) && milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : DefaultInterval;

    /// <summary>The path of metrics, unless the URL has one. With gRPC the service is the path.</summary>
    private static string WithPath(string url, bool isHttp)
    {
        if (!isHttp || url.EndsWith("/v1/metrics", StringComparison.Ordinal)) return url;
        return url.TrimEnd('/') + "/v1/metrics";
    }

    private static string First(params string?[] texts) => texts.First(text => !string.IsNullOrEmpty(text))!;
}
