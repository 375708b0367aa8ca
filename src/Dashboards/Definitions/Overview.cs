using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>Who talks to whom, and whether the figures are complete.</summary>
internal static class Overview
{
    private static readonly Estimate bytes = Shared.PairBytes.Where(Labels.Source, "$source").Where(Labels.Destination, "$destination");
    private static readonly Estimate packets = Shared.PairPackets.Where(Labels.Source, "$source").Where(Labels.Destination, "$destination");
    private static readonly Estimate serviceBytes = Shared.FlowBytes.Where(Labels.Source, "$source").Where(Labels.Destination, "$destination");
    private static readonly Estimate servicePackets = Shared.FlowPackets.Where(Labels.Source, "$source").Where(Labels.Destination, "$destination");
    private static readonly Selector locality = Selector.Selected(Families.LocalityBytes).Where(Labels.Source, "$source");

    public static Dashboard Dashboard { get; } = new("overview", "Overview", "Who talks to whom, how far the traffic goes, and what is lost or without a name.")
    {
        Variables =
        [
            Variable.OfLabel("source", "Source namespace", Families.PairBytes, Labels.Source),
            Variable.OfLabel("destination", "Destination namespace", Families.PairBytes, Labels.Destination),
        ],
        Rows = [new Row("", Figures), new Row("Who talks to whom", Pairs), new Row("Services and distance", Services), new Row("Lost or unknown", Losses)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Traffic", "Estimated layer 2 bytes per second. Each packet counts once.", Unit.BytesPerSecond, bytes.Rate(Selector.RateInterval)),
        Panel.Stat("± Error", "Half width of the 95 % confidence interval of the bytes in the selected range. Too few: below 30 samples.", Unit.Share, bytes.Error(Selector.Range))
            with { Decimals = 1, Absent = "too few" },
        Panel.Stat("Packets", "Estimated packets per second. Each packet counts once.", Unit.PacketsPerSecond, packets.Rate(Selector.RateInterval)),
        Panel.Stat("Agents that send", "Agents that sent a datagram in the last 90 s.", Unit.Whole,
            (Expression.Time - Selector.Selected(MetricCatalogue.AgentLastSeen).Value() < 90).Count().OrZero()).Coloured(new("red"), new("green", 1)),
        Panel.Stat("Datagrams lost", "Share of sent datagrams that never arrived, from gaps in the sequence numbers of agents.", Unit.Share,
            Shared.LossShare(Shared.Lost, Shared.Datagrams).OrZero()).Coloured(Shared.Loss) with { Decimals = 2 },
        Panel.Stat("Traffic without series", "Share of bytes in the remainder __other__: pairs beyond the series limit.", Unit.Share,
            (bytes.Is(Labels.Source, Labels.Remainder).Rate(Selector.RateInterval) / bytes.Rate(Selector.RateInterval)).OrZero())
            .Coloured(new("green"), new("orange", 0.02), new("red", 0.1)) with { Decimals = 2 },
    ];

    private static Panel[] Pairs =>
    [
        Panel.TimeSeries("Traffic by namespace pair", "The ten pairs with the most bytes in the selected range. The table has the error of each. Traffic between hosts and replies from outside are not sampled.", Unit.BytesPerSecond)
            .Show(bytes.Top(10, Labels.Source, Labels.Destination), "{{source_namespace}} → {{destination_namespace}}").Stacked().Size(14, 10).LinkedTo(Shared.PairOfSeries),
        Panel.Table("Namespace pairs", "Every pair, by bytes per second in the selected range. The true value is within ± Error in 95 of 100 cases.",
            [.. Shared.PairColumns, .. Shared.Volume(bytes, packets, Labels.Source, Labels.Destination)]).Size(10, 10),
        Panel.TimeSeries("All traffic", "Estimated bytes per second, with the 95 % confidence interval of each point.", Unit.BytesPerSecond)
            .ShowWithBand(bytes, "traffic").Size(8, 10),
        Panel.Matrix("Matrix", "Bytes per second in the selected range, from the namespaces at the left to those at the top.", Unit.BytesPerSecond, Labels.Source, Labels.Destination,
            (bytes.Rate(Selector.Range, Labels.Source, Labels.Destination) > 0).LargestFirst()).Size(16, 10),
    ];

    private static Panel[] Services =>
    [
        Panel.TimeSeries("Traffic by service", "The ten services with the most bytes, both directions. @other: ports without a name.", Unit.BytesPerSecond)
            .Show(serviceBytes.Top(10, Labels.Service), "{{server_service}}").Stacked().Size(12, 9).LinkedTo(Shared.ServiceOfSeries),
        Panel.Table("Services", "Every service, by bytes per second in the selected range, both directions.",
            [Shared.ServiceColumn, .. Shared.Volume(serviceBytes, servicePackets, Labels.Service)]).Size(12, 9),
        Panel.TimeSeries("Traffic by locality", "Bytes by the distance between source and destination: node, zone, region, named network or internet. unknown: requests to Services, unnamed private addresses, nodes without zone labels.", Unit.BytesPerSecond)
            .Show(locality.Rate().Sum(Labels.Locality), "{{locality}}").Stacked().Size(12, 8),
        Panel.Heatmap("Activity of namespaces", "Bytes per second that each namespace sends, over time. Dark is much.", Unit.BytesPerSecond,
            bytes.Top(20, Labels.Source), "{{source_namespace}}").Size(12, 8),
    ];

    private static Panel[] Losses =>
    [
        Panel.TimeSeries("Datagrams dropped", "By reason, per second. kernel: the socket receive buffer was full.", Unit.PerSecond)
            .Show(Selector.Selected(MetricCatalogue.DatagramsDropped).Rate().Sum(Labels.Reason), "{{reason}}"),
        Panel.TimeSeries("Traffic without a name", "Share of all bytes: an address is a pod address without a pod, or the series limit is reached.", Unit.Share)
            .Show((Unnamed(Labels.Source) + Unnamed(Labels.Destination)) / bytes.Rate(Selector.RateInterval), "@unknown")
            .Show(bytes.Is(Labels.Source, Labels.Remainder).Rate(Selector.RateInterval).OrZero() / bytes.Rate(Selector.RateInterval), "__other__"),
        Panel.TimeSeries("Samples not counted", "Samples with impossible values, by reason, per second.", Unit.PerSecond)
            .Show(Selector.Selected(MetricCatalogue.SamplesNotCounted).Rate().Sum(Labels.Reason), "{{reason}}"),
    ];

    /// <summary>Bytes with an unknown address on this side; those with two unknown ones are of the source.</summary>
    private static Expression Unnamed(string side) => side == Labels.Source
        ? bytes.Is(side, Labels.Unknown).Rate(Selector.RateInterval).OrZero()
        : bytes.Is(side, Labels.Unknown).IsNot(Labels.Source, Labels.Unknown).Rate(Selector.RateInterval).OrZero();
}
