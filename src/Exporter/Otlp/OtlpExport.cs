using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Otlp;

/// <summary>
/// Sends the families by OTLP, with cumulative sums: the same counters that <c>/metrics</c> shows. Collection and sending run on this service's own
/// thread, so neither a slow receiver nor a large export touches a worker.
/// </summary>
internal sealed class OtlpExport : BackgroundService
{
    public const string Name = "otlp";

    private const string MeterName = "sflow-exporter";

    private readonly FamilyInstruments[] families;
    private readonly OtlpOptions options;
    private readonly OtlpExporterOptions target;
    private readonly TimeSpan interval;
    private readonly SinkState state;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private MeterProvider? provider;
    private CountingExporter? exporter;
    private Meter? meter;
    private bool failing;

    public OtlpExport(IReadOnlyList<IFamily> families, OtlpOptions options, SinkState state, TimeProvider time, ILogger<OtlpExport> log)
    {
        this.families = [.. families.Select(family => new FamilyInstruments(family))];
        (this.options, this.state, this.time, this.log) = (options, state, time, log);
        target = OtlpTarget.Of(options, Environment.GetEnvironmentVariable);
        interval = OtlpTarget.IntervalOf(options, Environment.GetEnvironmentVariable);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.OtlpStarted(target.Endpoint, target.Protocol == OtlpExportProtocol.Grpc ? "grpc" : "http/protobuf", interval);
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Export();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last sums: what was counted since the last export would be missing otherwise.
            Export();
        }
        finally
        {
            Discard();
        }
    }

    internal void Export()
    {
        bool full = false;
        foreach (FamilyInstruments family in families) full |= family.Take();
        if (full) Discard();
        provider ??= Make();
        bool sent = provider.ForceFlush((int)options.Timeout.TotalMilliseconds) && state.IsUp;
        if (sent == !failing) return;
        failing = !sent;
        if (failing) log.OtlpFailed(target.Endpoint, interval);
        else log.OtlpRecovered(target.Endpoint);
    }

    private MeterProvider Make()
    {
        meter = new Meter(MeterName, typeof(OtlpExport).Assembly.GetName().Version?.ToString());
        foreach (FamilyInstruments family in families) family.AddTo(meter);
        exporter = new CountingExporter(target, state);
        return Sdk.CreateMeterProviderBuilder()
            .AddMeter(MeterName)
            .SetResourceBuilder(OtlpResource.Builder(Environment.GetEnvironmentVariable))
            .SetMaxMetricStreams(1_000)
            .AddView(instrument => new MetricStreamConfiguration { CardinalityLimit = LimitOf(instrument) })
            .AddReader(new BaseExportingMetricReader(exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative })
            .Build()!;
    }

    private int LimitOf(Instrument instrument) => families.First(family => instrument.Name.StartsWith(family.Prefix, StringComparison.Ordinal)).Limit;

    private void Discard()
    {
        if (exporter is not null) exporter.IsMuted = true;
        provider?.Dispose();
        meter?.Dispose();
        (provider, exporter, meter) = (null, null, null);
    }
}
