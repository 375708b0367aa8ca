using Prometheus;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>Counters of interfaces, where they are wanted; bounded by the interfaces that have metrics of their own. The others are summed.</summary>
internal sealed class InterfaceMetrics : IMetricGroup
{
    private static readonly InterfaceCounter[] Counters = Enum.GetValues<InterfaceCounter>();

    private readonly Sources sources;
    private readonly InterfaceSeats seats;
    private readonly SeriesTable<object> table;
    private readonly double?[] values = new double?[Counters.Length + 1];
    private readonly Gauge.Child? series;
    private readonly Counter.Child? folded;

    public InterfaceMetrics(MetricCreator metrics, Sources sources)
    {
        this.sources = sources;
        seats = sources.Agents.Interfaces;
        table = new SeriesTable<object>([.. Counters.Select(counter => ColumnOf(metrics, counter)), new SeriesColumn(metrics, MetricCatalogue.InterfaceSpeed)]);
        if (!seats.IsEnabled) return;
        series = metrics.Gauge(MetricCatalogue.Series).WithLabels(FamilyNames.Interface);
        folded = metrics.Counter(MetricCatalogue.Folded).WithLabels(FamilyNames.Interface);
        metrics.Gauge(MetricCatalogue.SeriesLimit).WithLabels(FamilyNames.Interface).Set(seats.Maximum + 1);
    }

    public void Fill(ZeroInitialization zero)
    {
        if (!seats.IsEnabled) return;
        table.Begin();
        for (int id = 0; id < sources.Agents.Count; id++)
        {
            Agent agent = sources.Agents[id];
            if (agent.HasOwnSeries && !agent.IsEvicted) Fill(agent, zero);
        }
        FillOthers(zero);
        table.End();
        series!.Set(seats.Taken + 1);
        folded!.IncTo(seats.Folded);
    }

    private void Fill(Agent agent, ZeroInitialization zero)
    {
        int node = agent.ObserverNode;
        foreach (InterfaceTotals totals in agent.ReadInterfaces())
        {
            int pod = totals.Pod;
            foreach (InterfaceCounter counter in Counters) values[(int)counter] = totals[counter];
            values[^1] = totals.Speed;
            table.Set(totals, (long)node << 32 | (uint)pod, () => LabelsOf(agent, totals, sources.Endpoints[pod]), values, zero);
        }
    }

    private void FillOthers(ZeroInitialization zero)
    {
        foreach (InterfaceCounter counter in Counters) values[(int)counter] = seats.ReadOthers(counter);
        values[^1] = null;
        table.Set(seats, 0, () => [.. Enumerable.Repeat(ReservedLabels.Other, MetricCatalogue.InterfaceSpeed.Labels.Length)], values, zero);
    }

    private static string[] LabelsOf(Agent agent, InterfaceTotals totals, FlowEndpoint pod) =>
        [.. AgentMetrics.LabelsOf(agent), totals.Name, pod.Namespace ?? "", pod.Kind == EndpointKind.Pod ? pod.Name ?? "" : ""];

    private static SeriesColumn ColumnOf(MetricCreator metrics, InterfaceCounter counter) => counter switch
    {
        InterfaceCounter.BytesIn => new(metrics, MetricCatalogue.InterfaceBytes, "in"),
        InterfaceCounter.BytesOut => new(metrics, MetricCatalogue.InterfaceBytes, "out"),
        InterfaceCounter.UnicastIn => new(metrics, MetricCatalogue.InterfacePackets, "in", "unicast"),
        InterfaceCounter.UnicastOut => new(metrics, MetricCatalogue.InterfacePackets, "out", "unicast"),
        InterfaceCounter.MulticastIn => new(metrics, MetricCatalogue.InterfacePackets, "in", "multicast"),
        InterfaceCounter.MulticastOut => new(metrics, MetricCatalogue.InterfacePackets, "out", "multicast"),
        InterfaceCounter.BroadcastIn => new(metrics, MetricCatalogue.InterfacePackets, "in", "broadcast"),
        InterfaceCounter.BroadcastOut => new(metrics, MetricCatalogue.InterfacePackets, "out", "broadcast"),
        InterfaceCounter.ErrorsIn => new(metrics, MetricCatalogue.InterfaceErrors, "in"),
        InterfaceCounter.ErrorsOut => new(metrics, MetricCatalogue.InterfaceErrors, "out"),
        InterfaceCounter.DiscardsIn => new(metrics, MetricCatalogue.InterfaceDiscards, "in"),
        InterfaceCounter.DiscardsOut => new(metrics, MetricCatalogue.InterfaceDiscards, "out"),
        _ => throw new ArgumentOutOfRangeException(nameof(counter)),
    };
}
