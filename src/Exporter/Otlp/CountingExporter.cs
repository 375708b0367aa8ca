using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Otlp;

/// <summary>The exporter of the library, with the outcome of each export as a sink's: the library itself writes failures to an event source only.</summary>
internal sealed class CountingExporter(OtlpExporterOptions target, SinkState state) : OtlpMetricExporter(target)
{
    private readonly Uri endpoint = target.Endpoint;

    /// <summary>A provider that is replaced must not send its last sums again.</summary>
    public bool IsMuted { get; set; }

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        if (IsMuted) return ExportResult.Success;
        state.CountRequest(0, again: false);
        ExportResult result = base.Export(metrics);
        if (result == ExportResult.Success) state.Up();
        else state.Down($"the OTLP receiver {endpoint} did not accept an export");
        return result;
    }
}
