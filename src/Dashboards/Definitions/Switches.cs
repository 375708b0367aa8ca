using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>How well Open vSwitch does its work on each node, by its own counters.</summary>
internal static class Switches
{
    private const string NotShown = "none: --interface-metrics is off";

    private static readonly string[] node = [Labels.Node];
    private static readonly string[] port = [Labels.Node, "interface", "pod_namespace", "pod_name"];
    private static readonly Selector hits = Of(MetricCatalogue.OvsHits), misses = Of(MetricCatalogue.OvsMisses), lost = Of(MetricCatalogue.OvsLost);
    private static readonly Selector cpu = Of(MetricCatalogue.OvsCpu), memory = Of(MetricCatalogue.OvsMemory);

    public static Dashboard Dashboard { get; } = new("switch", "Open vSwitch", "Flow table hits, misses and lost upcalls, flows, processor and memory of Open vSwitch on each node.")
    {
        Variables = [Variable.OfLabel("node", "Node", MetricCatalogue.AgentState, Labels.Node) with { Pattern = ".*" }],
        Rows = [new Row("", Figures), new Row("Flow tables", Tables), new Row("ovs-vswitchd", Process), new Row("Interfaces", Interfaces)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Hits", "Share of packets that matched a flow in the datapath. The others went to ovs-vswitchd.", Unit.Share, HitShare()) with { Decimals = 1 },
        Panel.Stat("Misses", "Packets per second that matched no flow and went to ovs-vswitchd (upcalls).", Unit.PacketsPerSecond, misses.Rate().Sum().OrZero()),
        Panel.Stat("Lost upcalls", "Packets in the selected range that were dropped because the queue to ovs-vswitchd was full.", Unit.Count, lost.Increase().Sum().OrZero()).Coloured(Shared.NoneIsGood) with { Decimals = 0 },
        Panel.Stat("Flows", "Flows in the datapaths of all nodes.", Unit.Count, Of(MetricCatalogue.OvsFlows).Value().Sum().OrZero()),
        Panel.Stat("Processor", "Cores that ovs-vswitchd uses on the busiest node.", Unit.Count, cpu.Rate().Sum(node).Max().OrZero()) with { Decimals = 2 },
        Panel.Stat("Memory", "Highest resident memory of ovs-vswitchd since its start, on the node with the most.", Unit.Memory, memory.Value().Max().OrZero()),
    ];

    private static Panel[] Tables =>
    [
        Panel.TimeSeries("Hits by node", "Share of packets that matched a flow in the datapath.", Unit.Share).Show(HitShare(node), "{{observer_node}}") with { Decimals = 1 },
        Panel.TimeSeries("Misses by node", "Packets per second that went to ovs-vswitchd, for the ten nodes with the most in the selected range.", Unit.PacketsPerSecond)
            .Show(misses.Rate().Sum(node).And(misses.RateOfRange().Sum(node).Top(10)), "{{observer_node}}"),
        Panel.TimeSeries("Lost upcalls by node", "Packets per second that were dropped because the queue to ovs-vswitchd was full, for the ten nodes with the most. They are missing in the samples too.", Unit.PacketsPerSecond)
            .Show(lost.Rate().Sum(node).And(lost.RateOfRange().Sum(node).Top(10)), "{{observer_node}}"),
        Panel.TimeSeries("Flows by node", "Flows in the datapaths.", Unit.Count).Show(Of(MetricCatalogue.OvsFlows).Value().Sum(node), "{{observer_node}}"),
        Panel.TimeSeries("Masks by node", "Masks in the datapaths. Each packet without a cached mask tries them one after the other.", Unit.Count)
            .Show(Of(MetricCatalogue.OvsMasks).Value().Sum(node).OrNone(Labels.Node, "none: the datapath counts no masks"), "{{observer_node}}"),
        Panel.Table("Nodes", "Each node in the selected range.",
            Column.OfLabel(Labels.Node, "Node", Shared.NodeOf(DataLink.Cell("Node"))),
            Column.OfValue("Lost", Unit.Count, lost.Increase().Sum(node)).Coloured(Shared.NoneIsGood).Rounded(0),
            Column.OfValue("Misses/s", Unit.PacketsPerSecond, misses.Rate(Selector.Range).Sum(node)),
            Column.OfValue("Hits/s", Unit.PacketsPerSecond, hits.Rate(Selector.Range).Sum(node)),
            Column.OfValue("Flows", Unit.Count, Of(MetricCatalogue.OvsFlows).Value().Sum(node))).Size(8, 8),
    ];

    private static Panel[] Process =>
    [
        Panel.TimeSeries("Processor by node", "Cores that ovs-vswitchd uses, for the ten busiest nodes in the selected range.", Unit.Count)
            .Show(cpu.Rate().Sum(node).And(cpu.RateOfRange().Sum(node).Top(10)), "{{observer_node}}").Size(12, 8),
        Panel.TimeSeries("Memory by node", "Highest resident memory of ovs-vswitchd since its start. Open vSwitch does not send the current one.", Unit.Memory)
            .Show(memory.Value().Max(node), "{{observer_node}}").Size(12, 8),
    ];

    /// <summary>These exist with --interface-metrics true only.</summary>
    private static Panel[] Interfaces =>
    [
        Panel.TimeSeries("Interfaces with the most bytes", "Bytes per second by the interface's own counters: exact, not estimated. Both directions, ten interfaces; exists with --interface-metrics true.", Unit.BytesPerSecond)
            .Show(Largest(MetricCatalogue.InterfaceBytes), "{{observer_node}} {{interface}} {{pod_namespace}}/{{pod_name}}").Size(12, 9),
        Panel.TimeSeries("Discards and errors", "Packets per second that interfaces dropped, for the ten with the most; exists with --interface-metrics true.", Unit.PacketsPerSecond)
            .Show(Largest(MetricCatalogue.InterfaceDiscards), "discards {{observer_node}} {{interface}} {{pod_namespace}}/{{pod_name}}")
            .Show(Largest(MetricCatalogue.InterfaceErrors), "errors {{observer_node}} {{interface}} {{pod_namespace}}/{{pod_name}}").Size(12, 9),
    ];

    private static Expression HitShare(params string[] by) => hits.Rate().Sum(by) / (hits.Rate().Sum(by) + misses.Rate().Sum(by) > 0);

    private static Expression Largest(MetricDefinition metric) =>
        Of(metric).Rate().Sum(port).And(Of(metric).RateOfRange().Sum(port).Top(10)).OrNone("interface", NotShown);

    private static Selector Of(MetricDefinition metric) => Selector.Selected(metric).Where(Labels.Node, "$node");
}
