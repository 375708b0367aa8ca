using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>What the history holds, and whether it can be written. Absent where no history is kept.</summary>
internal sealed class HistoryMetrics : IMetricGroup
{
    private static readonly string[] Resolutions = ["minute", "hour", "day"];

    private readonly HistoryStats? history;
    private readonly Gauge.Child[] windows = [];
    private readonly Gauge? bytes, rows, lastWritten;
    private readonly Counter? failures, lost, unnamed;

    public HistoryMetrics(MetricCreator metrics, Sources sources)
    {
        if (sources.History is not { } kept) return;
        history = kept;
        Gauge byResolution = metrics.Gauge(MetricCatalogue.HistoryWindows);
        windows = [.. Resolutions.Select(resolution => byResolution.WithLabels(resolution))];
        (bytes, rows, lastWritten) = (metrics.Gauge(MetricCatalogue.HistoryBytes), metrics.Gauge(MetricCatalogue.HistoryRows), metrics.Gauge(MetricCatalogue.HistoryLastWritten));
        (failures, lost) = (metrics.Counter(MetricCatalogue.HistoryFailures), metrics.Counter(MetricCatalogue.HistoryLost));
        unnamed = metrics.Counter(MetricCatalogue.HistoryUnnamed);
    }

    public void Fill(ZeroInitialization zero)
    {
        if (history is null) return;
        for (int resolution = 0; resolution < windows.Length; resolution++) windows[resolution].Set(history.Windows(resolution));
        bytes!.Set(history.Bytes);
        rows!.Set(history.Rows);
        lastWritten!.Set(history.LastWritten);
        failures!.IncTo(history.Failures);
        lost!.IncTo(history.Lost);
        unnamed!.IncTo(history.UnnamedSamples);
    }
}
