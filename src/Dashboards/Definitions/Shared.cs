using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>Columns, links and shares that several dashboards show.</summary>
internal static class Shared
{
    /// <summary>From green to red, for shares that should be zero.</summary>
    public static Threshold[] Loss { get; } = [new("green"), new("orange", 0.001), new("red", 0.01)];

    /// <summary>For counts of which one is too many.</summary>
    public static Threshold[] NoneIsGood { get; } = [new("green"), new("red", 1)];

    public static Threshold[] Budget { get; } = [new("green"), new("orange", 0.8), new("red", 1)];

    public static Estimate FlowBytes { get; } = Estimate.Bytes<FlowFamily>(Selector.Selected);

    public static Estimate FlowPackets { get; } = Estimate.Packets<FlowFamily>(Selector.Selected);

    public static Estimate PairBytes { get; } = Estimate.Bytes<NamespacePairFamily>(Selector.Selected);

    public static Estimate PairPackets { get; } = Estimate.Packets<NamespacePairFamily>(Selector.Selected);

    public static Estimate WorkloadBytes { get; } = Estimate.Bytes<WorkloadFamily>(Selector.Selected);

    public static Estimate WorkloadPackets { get; } = Estimate.Packets<WorkloadFamily>(Selector.Selected);

    /// <summary>What panels say where the family of workloads is off.</summary>
    public const string NoWorkloads = "none: add workload to --families";

    public static DataLink NamespaceOf(string value) => DataLink.Dashboard("namespace", "namespace", value, "Namespace");

    public static DataLink ServiceOf(string value) => DataLink.Dashboard("service", "service", value, "Service");

    public static DataLink WorkloadOf(string value) => DataLink.Dashboard("workload", "workload", value, "Workload");

    public static DataLink NodeOf(string value) => DataLink.Dashboard("nodes", "node", value, "Node");

    /// <summary>To the records of a pair of namespaces, from a chart.</summary>
    public static DataLink[] PairOfSeries { get; } =
    [
        NamespaceOf(DataLink.Label(Labels.Source)), DataLink.Page("namespace", DataLink.Label(Labels.Source)),
        DataLink.Kibana(("sflow.source_namespace", DataLink.Label(Labels.Source)), ("sflow.destination_namespace", DataLink.Label(Labels.Destination))),
    ];

    /// <summary>To the records of a Service, from a chart.</summary>
    public static DataLink[] ServiceOfSeries { get; } =
    [
        ServiceOf(DataLink.Label(Labels.Service)), DataLink.Page("service", DataLink.Label(Labels.Service)),
        DataLink.Kibana(("sflow.server_service", DataLink.Label(Labels.Service))),
    ];

    /// <summary>Source and destination of a table's row, each with its links.</summary>
    public static Column[] PairColumns { get; } =
    [
        Column.OfLabel(Labels.Source, "Source", NamespaceOf(DataLink.Cell("Source")), DataLink.Page("namespace", DataLink.Cell("Source")),
            DataLink.Kibana(("sflow.source_namespace", DataLink.Cell("Source")), ("sflow.destination_namespace", DataLink.Cell("Destination")))),
        Column.OfLabel(Labels.Destination, "Destination", NamespaceOf(DataLink.Cell("Destination")), DataLink.Page("namespace", DataLink.Cell("Destination"))),
    ];

    public static Column ServiceColumn { get; } = Column.OfLabel(Labels.Service, "Service",
        ServiceOf(DataLink.Cell("Service")), DataLink.Page("service", DataLink.Cell("Service")), DataLink.Kibana(("sflow.server_service", DataLink.Cell("Service"))));

    /// <summary>Source and destination workload of a table's row, each with its namespace.</summary>
    public static Column[] WorkloadColumns { get; } =
    [
        Column.OfLabel(Labels.Source, "Source", NamespaceOf(DataLink.Cell("Source"))),
        Column.OfLabel(Labels.SourceWorkload, "Sender", WorkloadOf(DataLink.Cell("Sender"))),
        Column.OfLabel(Labels.Destination, "Destination", NamespaceOf(DataLink.Cell("Destination"))),
        Column.OfLabel(Labels.DestinationWorkload, "Receiver", WorkloadOf(DataLink.Cell("Receiver"))),
    ];

    /// <summary>The labels of <see cref="WorkloadColumns"/>.</summary>
    public static string[] WorkloadPair { get; } = [Labels.Source, Labels.SourceWorkload, Labels.Destination, Labels.DestinationWorkload];

    /// <summary>Rate, its error, and packets of each row in the selected range.</summary>
    public static Column[] Volume(Estimate bytes, Estimate packets, params string[] by) =>
    [
        Column.OfValue("Bytes/s", Unit.BytesPerSecond, bytes.Rate(Selector.Range, by)).Bar(),
        Column.OfError(bytes.Error(Selector.Range, by)),
        Column.OfValue("Packets/s", Unit.PacketsPerSecond, packets.Rate(Selector.Range, by)),
    ];

    /// <summary>Share of datagrams that agents sent and that never arrived.</summary>
    public static Expression LossShare(Selector lost, Selector received, params string[] by) =>
        lost.Rate().Sum(by) / (lost.Rate().Sum(by) + received.Rate().Sum(by) > 0);

    public static Variable NamespaceVariable { get; } = Variable.OfLabel("namespace", "Namespace", Families.PairBytes, Labels.Source);

    public static Selector Lost { get; } = Selector.Selected(MetricCatalogue.AgentDatagramsLost);

    public static Selector Datagrams { get; } = Selector.Selected(MetricCatalogue.AgentDatagrams);
}
