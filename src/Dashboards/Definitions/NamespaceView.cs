using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Definitions;

/// <summary>What a namespace sends and receives.</summary>
internal static class NamespaceView
{
    /// <summary>The label that the chosen namespaces are matched with: one variable turns every panel round.</summary>
    private const string Direction = "$direction";

    private static readonly Estimate bytes = Shared.PairBytes.Where(Direction, "$namespace");
    private static readonly Estimate packets = Shared.PairPackets.Where(Direction, "$namespace");
    private static readonly Estimate serviceBytes = Shared.FlowBytes.Where(Direction, "$namespace");
    private static readonly Estimate servicePackets = Shared.FlowPackets.Where(Direction, "$namespace");
    private static readonly Estimate sent = Shared.PairBytes.Where(Labels.Source, "$namespace");
    private static readonly Estimate received = Shared.PairBytes.Where(Labels.Destination, "$namespace");
    private static readonly Selector acknowledged = Selector.Selected(Families.AcknowledgedBytes).Where(Labels.Destination, "$namespace");

    public static Dashboard Dashboard { get; } = new("namespace", "Namespace", "What a namespace sends and receives: peers, services, distance, internet.")
    {
        Variables =
        [
            Shared.NamespaceVariable,
            Variable.OneOf("direction", "Direction", ("sends", Labels.Source), ("receives", Labels.Destination)),
        ],
        Rows = [new Row("", Figures), new Row("In and out", Directions), new Row("Peers and services", Peers)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Sent", "Estimated layer 2 bytes per second that the namespaces send.", Unit.BytesPerSecond, sent.Rate(Selector.RateInterval).OrZero()),
        Panel.Stat("± Error of sent", "Half width of the 95 % confidence interval in the selected range. Too few: below 30 samples.", Unit.Share, sent.Error(Selector.Range))
            with { Decimals = 1, Absent = "too few" },
        Panel.Stat("Received", "Estimated layer 2 bytes per second that the namespaces receive. Replies from outside are not sampled.", Unit.BytesPerSecond, received.Rate(Selector.RateInterval).OrZero()),
        Panel.Stat("± Error of received", "Half width of the 95 % confidence interval in the selected range. Too few: below 30 samples.", Unit.Share, received.Error(Selector.Range))
            with { Decimals = 1, Absent = "too few" },
        Panel.Stat("To the internet", "Estimated bytes per second to public addresses.", Unit.BytesPerSecond, sent.Is(Labels.Destination, Labels.Internet).Rate(Selector.RateInterval).OrZero()),
        Panel.Stat("Downloads", "Lower bound of payload bytes per second that pods received from unsampled peers, from TCP acknowledgements.", Unit.BytesPerSecond, acknowledged.Rate().Sum().OrZero()),
    ];

    private static Panel[] Directions =>
    [
        Panel.TimeSeries("Sent", "Estimated bytes per second, with the 95 % confidence interval of each point.", Unit.BytesPerSecond).ShowWithBand(sent, "sent").Size(12, 8),
        Panel.TimeSeries("Received", "Estimated bytes per second, with the 95 % confidence interval of each point.", Unit.BytesPerSecond).ShowWithBand(received, "received").Size(12, 8),
        Panel.TimeSeries("Sent by locality", "Bytes per second by the distance to the destination.", Unit.BytesPerSecond)
            .Show(Selector.Selected(Families.LocalityBytes).Where(Labels.Source, "$namespace").Rate().Sum(Labels.Locality), "{{locality}}").Stacked().Size(12, 8),
        Panel.TimeSeries("Internet", "Estimated bytes per second to public addresses, and the lower bound of payload bytes from unsampled peers.", Unit.BytesPerSecond)
            .Show(sent.Is(Labels.Destination, Labels.Internet).Rate(Selector.RateInterval).OrZero(), "sent")
            .Show(acknowledged.Rate().Sum().OrZero(), "downloaded, at least").Size(12, 8),
    ];

    private static Panel[] Peers =>
    [
        Panel.TimeSeries("Traffic by pair", "The ten pairs with the most bytes in the chosen direction. The table has the error of each.", Unit.BytesPerSecond)
            .Show(bytes.Top(10, Labels.Source, Labels.Destination), "{{source_namespace}} → {{destination_namespace}}").Stacked().Size(12, 10).LinkedTo(Shared.PairOfSeries),
        Panel.Table("Pairs", "Pairs in the chosen direction, by bytes per second in the selected range.",
            [.. Shared.PairColumns, .. Shared.Volume(bytes, packets, Labels.Source, Labels.Destination)]).Size(12, 10),
        Panel.TimeSeries("Traffic by service", "The ten services with the most bytes in the chosen direction.", Unit.BytesPerSecond)
            .Show(serviceBytes.Top(10, Labels.Service), "{{server_service}}").Stacked().Size(12, 9).LinkedTo(Shared.ServiceOfSeries),
        Panel.Table("Services", "Services in the chosen direction, by bytes per second in the selected range.",
            [Shared.ServiceColumn, .. Shared.Volume(serviceBytes, servicePackets, Labels.Service)]).Size(12, 9),
        Panel.Table("Workloads", "Pairs of workloads in the chosen direction, by bytes per second in the selected range. Exists if --families has workload.",
            [.. Shared.WorkloadColumns, .. Shared.Volume(Shared.WorkloadBytes.Where(Direction, "$namespace"), Shared.WorkloadPackets.Where(Direction, "$namespace"), Shared.WorkloadPair)
                .Select(column => column.OrNone(Labels.Source, Shared.NoWorkloads))]).Size(24, 9),
        Panel.NodeGraph("Graph of peers", "Namespaces and their traffic in the chosen direction, in bytes per second in the selected range. The 40 largest pairs.", Unit.BytesPerSecond, Labels.Source, Labels.Destination,
            bytes.Rate(Selector.Range, Labels.Source, Labels.Destination).Top(40).Join("id", " → ", Labels.Source, Labels.Destination)).Size(24, 10),
    ];
}
