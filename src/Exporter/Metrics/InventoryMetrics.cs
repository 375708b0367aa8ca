using Prometheus;

namespace SFlow.Exporter.Metrics;

/// <summary>How the inventory file was read; nothing without one.</summary>
internal sealed class InventoryMetrics(MetricCreator metrics, Sources sources) : IMetricGroup
{
    private readonly Gauge skipped = metrics.Gauge(MetricCatalogue.InventorySkipped);
    private readonly Counter loads = metrics.Counter(MetricCatalogue.InventoryLoads);

    public void Fill(ZeroInitialization zero)
    {
        if (sources.Inventory is not { } inventory) return;
        skipped.WithLabels().Set(inventory.Skipped);
        loads.WithLabels("loaded").IncTo(inventory.Loads);
        loads.WithLabels("failed").IncTo(inventory.Faults);
    }
}
