using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Definitions;

/// <summary>Traffic with the internet and with other networks outside the cluster.</summary>
internal static class ExternalView
{
    /// <summary>Namespace labels of addresses outside the cluster that have no name of their own.</summary>
    private const string Outside = "@internet|@private";

    private static readonly Estimate egress = Shared.PairBytes.Where(Labels.Source, "$namespace").Where(Labels.Destination, Outside);
    private static readonly Estimate ingress = Shared.PairBytes.Where(Labels.Destination, "$namespace").Where(Labels.Source, Outside);
    private static readonly Estimate services = Shared.FlowBytes.Where(Labels.Source, "$namespace").Where(Labels.Destination, Outside);
    private static readonly Estimate servicePackets = Shared.FlowPackets.Where(Labels.Source, "$namespace").Where(Labels.Destination, Outside);
    private static readonly Selector networks = Selector.Selected(Families.ExternalBytes).Where(Labels.Local, "$namespace");
    private static readonly Selector acknowledged = Selector.Selected(Families.AcknowledgedBytes).Where(Labels.Destination, "$namespace");

    public static Dashboard Dashboard { get; } = new("external", "Internet and external networks", "What leaves the cluster, by namespace and network, and what comes in.")
    {
        Variables = [Shared.NamespaceVariable],
        Rows = [new Row("", Figures), new Row("Out of the cluster", Egress), new Row("Networks, systems and countries", Networks), new Row("Into the cluster", Ingress)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Egress", "Estimated bytes per second to public and to unnamed private addresses.", Unit.BytesPerSecond, egress.Rate(Selector.RateInterval).OrZero()) with { Width = 5 },
        Panel.Stat("± Error of egress", "Half width of the 95 % confidence interval of the egress in the selected range. Too few: below 30 samples.", Unit.Share, egress.Error(Selector.Range))
            with { Decimals = 1, Absent = "too few", Width = 4 },
        Panel.Stat("Egress volume", "Estimated bytes in the selected range.", Unit.Bytes, egress.Increase(Selector.Range).OrZero()) with { Width = 5 },
        Panel.Stat("Downloads, at least", "Lower bound of payload bytes per second from unsampled peers, from TCP acknowledgements. Replies from outside are not sampled.", Unit.BytesPerSecond, acknowledged.Rate().Sum().OrZero()) with { Width = 5 },
        Panel.Stat("Sampled ingress", "Estimated bytes per second from outside that an agent sampled.", Unit.BytesPerSecond, ingress.Rate(Selector.RateInterval).OrZero()) with { Width = 5 },
    ];

    private static Panel[] Egress =>
    [
        Panel.TimeSeries("Egress", "Estimated bytes per second out of the cluster, with the 95 % confidence interval of each point.", Unit.BytesPerSecond).ShowWithBand(egress, "egress").Size(12, 9),
        Panel.TimeSeries("Egress by namespace", "The ten namespaces that send the most bytes out of the cluster.", Unit.BytesPerSecond)
            .Show(egress.Top(10, Labels.Source), "{{source_namespace}}").Stacked().Size(12, 9),
        Panel.Table("Egress by namespace and service", "Bytes per second in the selected range to public addresses (@internet) and unnamed private ones (@private), by service.",
            [.. Shared.PairColumns, Shared.ServiceColumn, .. Shared.Volume(services, servicePackets, Labels.Source, Labels.Destination, Labels.Service)]).Size(24, 9),
    ];

    private static Panel[] Networks =>
    [
        Panel.TimeSeries("Egress by network", "Bytes per second by network: @internet, @private, and the networks that --networks names (@NAME).", Unit.BytesPerSecond)
            .Show(networks.Is(Labels.Direction, "egress").Rate().Sum(Labels.Network).OrNone(Labels.Network, "none"), "{{network}}").Stacked().Size(10, 10),
        Panel.Table("Networks", "Bytes in the selected range by namespace, direction and network; by autonomous system and country with GeoIP databases (--geoip-database).",
            Column.OfLabel(Labels.Local, "Namespace", Shared.NamespaceOf(DataLink.Cell("Namespace")), DataLink.Page("namespace", DataLink.Cell("Namespace"))),
            Column.OfLabel(Labels.Direction, "Direction"), Column.OfLabel(Labels.Network, "Network"), Column.OfLabel(Labels.System, "System"), Column.OfLabel(Labels.Country, "Country"),
            Column.OfValue("Bytes", Unit.Bytes, networks.Increase().Sum(Labels.Local, Labels.Direction, Labels.Network, Labels.System, Labels.Country).OrNone(Labels.Network, "none")).Bar()).Size(14, 10),
    ];

    private static Panel[] Ingress =>
    [
        Panel.TimeSeries("Downloads by namespace, at least", "Lower bound of payload bytes per second that pods received from unsampled peers.", Unit.BytesPerSecond)
            .Show(acknowledged.Rate().Sum(Labels.Destination), "{{destination_namespace}}").Stacked().Size(12, 9),
        Panel.Table("Downloads", "Lower bound of payload bytes that pods received from unsampled peers in the selected range.",
            [.. Shared.PairColumns, Shared.ServiceColumn, Column.OfValue("At least", Unit.Bytes, acknowledged.Increase().Sum(Labels.Source, Labels.Destination, Labels.Service)).Bar()]).Size(12, 9),
    ];
}
