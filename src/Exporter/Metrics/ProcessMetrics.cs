using System.Diagnostics;
using Prometheus;

namespace SFlow.Exporter.Metrics;

/// <summary>What the process costs, under the names that all exporters use.</summary>
internal sealed class ProcessMetrics(MetricCreator metrics) : IMetricGroup
{
    private readonly Process process = Process.GetCurrentProcess();
    private readonly Counter processor = metrics.Counter(MetricCatalogue.ProcessCpu);
    private readonly Gauge memory = metrics.Gauge(MetricCatalogue.ProcessResidentMemory);
    private readonly Gauge start = metrics.Gauge(MetricCatalogue.ProcessStartTime);
    private readonly Gauge heap = metrics.Gauge(MetricCatalogue.DotnetHeap);
    private readonly Counter pause = metrics.Counter(MetricCatalogue.DotnetPause);

    public void Fill(ZeroInitialization zero)
    {
        process.Refresh();
        processor.IncTo(process.TotalProcessorTime.TotalSeconds);
        memory.Set(process.WorkingSet64);
        start.SetToTimeUtc(new DateTimeOffset(process.StartTime));
        heap.Set(GC.GetTotalMemory(forceFullCollection: false));
        pause.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
    }
}
