using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>Whether every node sends samples, and how far to trust them.</summary>
internal static class Nodes
{
    private static readonly string[] agent = [Labels.Node, Labels.Agent];
    private static readonly Selector datagrams = Of(MetricCatalogue.AgentDatagrams);
    private static readonly Selector lost = Of(MetricCatalogue.AgentDatagramsLost);
    private static readonly Selector ratio = Of(MetricCatalogue.AgentCalibrationRatio);
    private static readonly Selector state = Of(MetricCatalogue.AgentState);

    public static Dashboard Dashboard { get; } = new("nodes", "Nodes and agents", "Loss, silence, sampling rate and calibration of each agent.")
    {
        Variables = [Variable.OfLabel("node", "Node", MetricCatalogue.AgentState, Labels.Node) with { Pattern = ".*" }],
        Rows = [new Row("", Figures), new Row("Expected and actual", States), new Row("Datagrams and samples", Arrivals), new Row("Calibration", Calibration)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Expected", "Nodes of the cluster that should have an agent. 0 without a cluster or an inventory.", Unit.Whole, Selector.Selected(MetricCatalogue.AgentsExpected).Value().Max()),
        Panel.Stat("Ok", "Agents from which flow samples and counter samples arrive.", Unit.Whole, InState("ok")).Coloured(new("red"), new("green", 1)),
        Panel.Stat("Silent", "Agents from which nothing has arrived for 90 s.", Unit.Whole, InState("silent")).Coloured(Shared.NoneIsGood),
        Panel.Stat("Never seen", "Nodes from which nothing has ever arrived.", Unit.Whole, InState("never_seen")).Coloured(Shared.NoneIsGood),
        Panel.Stat("Datagrams lost", "Share of sent datagrams that never arrived.", Unit.Share, Shared.LossShare(lost, datagrams).OrZero()).Coloured(Shared.Loss) with { Decimals = 2 },
        Panel.Stat("Silence", "Seconds since the latest datagram of the most silent agent.", Unit.Seconds,
            (Expression.Time - Of(MetricCatalogue.AgentLastSeen).Value()).Max()).Coloured(new("green"), new("orange", 60), new("red", 90)) with { Decimals = 0 },
    ];

    private static Panel[] States =>
    [
        Panel.TimeSeries("Agents by state", "Nodes that should have an agent (the line), and agents by state. Below the line, nodes are missing. unknown_sender and gone are not nodes.", Unit.Whole)
            .Show(Selector.Selected(MetricCatalogue.AgentsByState).Value().Sum(Labels.State) > 0, "{{state}}")
            .Show(Selector.Selected(MetricCatalogue.AgentsExpected).Value().Max(), "expected").Size(10, 10),
        Panel.Table("Agents", "Each agent: its state, its datagrams and their loss in the selected range, its sampling rate, and its silence. A node without an agent was never seen.",
            Column.OfLabel(Labels.Node, "Node", Shared.NodeOf(DataLink.Cell("Node"))), Column.OfLabel(Labels.Agent, "Agent"), Column.OfLabel(Labels.State, "State"),
            Column.OfValue("Lost", Unit.Count, InEachState(lost.Increase())).Coloured(Shared.NoneIsGood).Rounded(0),
            Column.OfValue("Datagrams/s", Unit.PerSecond, InEachState(datagrams.Rate(Selector.Range))),
            Column.OfValue("One in", Unit.Count, InEachState(Of(MetricCatalogue.AgentSamplingRate).Value())).Rounded(0),
            Column.OfValue("Silent", Unit.Seconds, InEachState(Expression.Time - Of(MetricCatalogue.AgentLastSeen).Value())).Rounded(0)).Size(14, 10),
    ];

    private static Panel[] Arrivals =>
    [
        Panel.TimeSeries("Loss by agent", "Share of each agent's datagrams that never arrived, for the ten agents that lost the most in the selected range.", Unit.Share)
            .Show(Shared.LossShare(lost, datagrams, agent).And(lost.RateOfRange().Sum(agent).Top(10)), "{{observer_node}} {{agent}}").Size(12, 9),
        Panel.TimeSeries("Datagrams by agent", "Datagrams per second, for the ten agents that sent the most in the selected range.", Unit.PerSecond)
            .Show(datagrams.Rate().Sum(agent).And(datagrams.RateOfRange().Sum(agent).Top(10)), "{{observer_node}} {{agent}}").Size(12, 9),
        Panel.TimeSeries("Samples accepted", "Flow and counter samples per second, all agents.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.AgentSamples).Rate().Sum("sample_type"), "{{sample_type}}"),
        Panel.TimeSeries("Restarts, conflicts, duplicates", "Sequences that started again; two senders with one agent address; datagrams that arrived twice or out of order. Per second.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.AgentRestarts).Rate().Sum(), "restarts").Show(Of(MetricCatalogue.AgentConflicts).Rate().Sum(), "conflicts")
            .Show(Of(MetricCatalogue.AgentDatagramsDuplicate).Rate().Sum(), "duplicates").Show(Of(MetricCatalogue.AgentDatagramsReordered).Rate().Sum(), "reordered"),
        Panel.TimeSeries("Sampling rate", "Packets per sample, of each agent's latest flow sample.", Unit.Count)
            .Show(Of(MetricCatalogue.AgentSamplingRate).Value().Max(agent), "{{observer_node}} {{agent}}"),
    ];

    private static Panel[] Calibration =>
    [
        Panel.TimeSeries("Calibration", "Estimated bytes divided by bytes of the interface counters, for the ten agents farthest from 1. Below 1: datagrams are lost, or interfaces count frames that were never sampled. Too few samples give no line.", Unit.Ratio)
            .Show(ratio.Value().Max(agent).And((ratio.Value().Max(agent) - 1).Absolute().Top(10)), "{{observer_node}} {{agent}}").Size(12, 9) with { Minimum = null, Decimals = 2 },
        Panel.Table("Calibration by agent", "Estimated bytes divided by bytes of the interface counters. The true ratio is within ± Error in 95 of 100 cases.",
            Column.OfLabel(Labels.Node, "Node"), Column.OfLabel(Labels.Agent, "Agent"),
            Column.OfValue("Ratio", Unit.Ratio, ratio.Value().Max(agent)).Rounded(3),
            Column.OfError(Of(MetricCatalogue.AgentCalibrationError).Value().Max(agent)),
            Column.OfValue("Range ratio", Unit.Ratio, Of(MetricCatalogue.AgentCalibrationEstimated).Increase().Sum(agent) / (Of(MetricCatalogue.AgentCalibrationCounted).Increase().Sum(agent) > 0)).Rounded(3),
            Column.OfValue("Compared", Unit.Bytes, Of(MetricCatalogue.AgentCalibrationCounted).Increase().Sum(agent))).Size(12, 9),
    ];

    private static Selector Of(MetricDefinition metric) => Selector.Selected(metric).Where(Labels.Node, "$node");

    private static Expression InState(string name) => Selector.Selected(MetricCatalogue.AgentsByState).Is(Labels.State, name).Value().Sum();

    /// <summary>A figure of each agent, with the agent's state as a further label.</summary>
    private static Expression InEachState(Expression figure) =>
        new($"({figure.Sum(agent).Text}) * on ({string.Join(", ", agent)}) group_right () ({state.Value().Max([.. agent, Labels.State]).Text})", [.. agent, Labels.State]);
}
