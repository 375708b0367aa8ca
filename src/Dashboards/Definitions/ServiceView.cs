using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Count.Families;

namespace SFlow.Dashboards.Definitions;

/// <summary>Who uses a Service.</summary>
internal static class ServiceView
{
    private static readonly Estimate bytes = Shared.FlowBytes.Where(Labels.Service, "$service");
    private static readonly Estimate packets = Shared.FlowPackets.Where(Labels.Service, "$service");

    private static readonly Estimate backends = Estimate.Bytes<BackendFamily>(Selector.Selected).Where(Labels.Service, "$service");
    private static readonly Estimate backendPackets = Estimate.Packets<BackendFamily>(Selector.Selected).Where(Labels.Service, "$service");

    public static Dashboard Dashboard { get; } = new("service", "Service", "Clients of a Service, what they send and what they get.")
    {
        Variables = [Variable.OfLabel("service", "Service", Families.FlowBytes, Labels.Service)],
        Rows = [new Row("", Figures), new Row("Both directions", Directions), new Row("Who answers", Backends)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Traffic", "Estimated layer 2 bytes per second, both directions.", Unit.BytesPerSecond, bytes.Rate(Selector.RateInterval).OrZero()),
        Panel.Stat("± Error", "Half width of the 95 % confidence interval of the bytes in the selected range. Too few: below 30 samples.", Unit.Share, bytes.Error(Selector.Range))
            with { Decimals = 1, Absent = "too few" },
        Panel.Stat("Packets", "Estimated packets per second, both directions.", Unit.PacketsPerSecond, packets.Rate(Selector.RateInterval).OrZero()),
        Panel.Stat("Bytes a packet", "Mean length of a packet in the selected range, without the frame check sequence.", Unit.Bytes,
            bytes.Rate(Selector.Range) / (packets.Rate(Selector.Range) > 0)),
        Panel.Stat("Namespaces", "Namespaces that send to or receive from the Service, the Service's own included.", Unit.Whole,
            (bytes.Rate(Selector.Range, Labels.Source) > 0).Count().OrZero()),
        Panel.Stat("Volume", "Estimated bytes in the selected range, both directions.", Unit.Bytes, bytes.Increase(Selector.Range)),
    ];

    private static Panel[] Backends =>
    [
        Panel.TimeSeries("Replies by backend", "Bytes per second that each backend sent, by the replies: a request names the Service alone. The ten with the most bytes.", Unit.BytesPerSecond)
            .Show(backends.Top(10, Labels.Service, "backend_name"), "{{server_service}} {{backend_name}}").Stacked().Size(10, 9),
        Panel.Table("Backends", "Each backend of the selected Services, by the bytes per second of its replies in the selected range.",
            [
                Shared.ServiceColumn, Column.OfLabel("backend_name", "Backend", DataLink.Page("workload", DataLink.Cell("Backend"))), Column.OfLabel("backend_node", "Node", Shared.NodeOf(DataLink.Cell("Node"))),
                .. Shared.Volume(backends, backendPackets, Labels.Service, "backend_name", "backend_node"),
            ]).Size(14, 9),
    ];

    private static Panel[] Directions =>
    [
        Panel.TimeSeries("Traffic", "Estimated bytes per second, with the 95 % confidence interval of each point.", Unit.BytesPerSecond).ShowWithBand(bytes, "traffic").Size(12, 9),
        Panel.TimeSeries("Traffic by service", "The ten services of the selection with the most bytes, both directions.", Unit.BytesPerSecond)
            .Show(bytes.Top(10, Labels.Service), "{{server_service}}").Stacked().Size(12, 9).LinkedTo(Shared.ServiceOfSeries),
        Panel.TimeSeries("Traffic by pair", "Requests go from the client's namespace, replies to it. The ten pairs with the most bytes.", Unit.BytesPerSecond)
            .Show(bytes.Top(10, Labels.Source, Labels.Destination), "{{source_namespace}} → {{destination_namespace}}").Stacked().Size(12, 11).LinkedTo(Shared.PairOfSeries),
        Panel.Table("Who uses it", "Pairs of namespaces by service, with the bytes per second in the selected range.",
            [Shared.ServiceColumn, .. Shared.PairColumns, .. Shared.Volume(bytes, packets, Labels.Service, Labels.Source, Labels.Destination)]).Size(12, 11),
    ];
}
