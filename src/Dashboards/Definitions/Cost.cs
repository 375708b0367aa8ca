using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;

namespace SFlow.Dashboards.Definitions;

/// <summary>What traffic costs that leaves a zone, a region or the cluster.</summary>
internal static class Cost
{
    private const double Gigabyte = 1e9;
    private const string Day = "1d";

    private static readonly Selector bytes = Selector.Selected(Families.LocalityBytes).Where(Labels.Source, "$namespace");

    /// <summary>Traffic between two nodes with a zone label each.</summary>
    private static readonly Selector zoned = Selector.Selected(Families.NodeBytes).IsNot(Labels.SourceZone, "").IsNot(Labels.DestinationZone, "");

    /// <summary>Locality, and the variable of its price.</summary>
    private static readonly (string Locality, string Price)[] billed = [("cross_zone", "price_zone"), ("cross_region", "price_region"), ("internet", "price_internet")];

    public static Dashboard Dashboard { get; } = new("cost", "Cost", "Bytes that cross zones and regions or leave for the internet, by namespace, and their price.")
    {
        Range = "30d",
        Variables =
        [
            Shared.NamespaceVariable,
            Variable.OfText("price_zone", "Price a GB, across zones", "0.01"),
            Variable.OfText("price_region", "Price a GB, across regions", "0.02"),
            Variable.OfText("price_internet", "Price a GB, to the internet", "0.09"),
        ],
        Rows = [new Row("", Figures), new Row("By namespace", Namespaces), new Row("By zone", Zones)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Cost", "Price of the billed bytes in the selected range, by the prices above.", Unit.Money, Total()) with { Width = 6 },
        Panel.Stat("Across zones", "Estimated bytes between zones of a region in the selected range.", Unit.Bytes, Volume("cross_zone").OrZero()) with { Width = 6 },
        Panel.Stat("Across regions", "Estimated bytes between regions in the selected range.", Unit.Bytes, Volume("cross_region").OrZero()) with { Width = 6 },
        Panel.Stat("Internet", "Estimated bytes to and from public addresses in the selected range. Replies from the internet are not sampled.", Unit.Bytes, Volume("internet").OrZero()) with { Width = 6 },
    ];

    private static Panel[] Namespaces =>
    [
        Panel.Table("Cost by namespace", "The namespace that sends pays. Bytes in the selected range, and their price.",
            Column.OfLabel(Labels.Source, "Namespace", Shared.NamespaceOf(DataLink.Cell("Namespace")), DataLink.Page("namespace", DataLink.Cell("Namespace"))),
            Column.OfValue("Cost", Unit.Money, TotalByNamespace()).Bar(),
            Column.OfValue("Zones", Unit.Bytes, VolumeByNamespace("cross_zone")),
            Column.OfValue("Regions", Unit.Bytes, VolumeByNamespace("cross_region")),
            Column.OfValue("Internet", Unit.Bytes, VolumeByNamespace("internet"))).Size(14, 12),
        Panel.BarGauge("Share by locality", "Estimated bytes in the selected range by locality, free ones included.", Unit.Bytes, bytes.Increase().Sum(Labels.Locality), "{{locality}}").Size(10, 12),
        Panel.TimeSeries("Billed bytes a day", "Estimated bytes that cross zones or regions or leave for the internet, in the day before each point.", Unit.Bytes)
            .Show(bytes.Where(Labels.Locality, string.Join('|', billed.Select(entry => entry.Locality))).Increase(Day).Sum(Labels.Locality).Or(Expression.ZeroWith(Labels.Locality, "internet")), "{{locality}}").Stacked().Size(12, 9),
        Panel.TimeSeries("Internet bytes a day, by namespace", "Estimated bytes of the ten largest namespaces to and from public addresses, in the day before each point.", Unit.Bytes)
            .Show(VolumeByNamespace("internet", Day).Top(10), "{{source_namespace}}").Stacked().Size(12, 9),
    ];

    private static Panel[] Zones =>
    [
        Panel.Matrix("From zone to zone", "Estimated bytes in the selected range, from the zones at the left to those at the top. Left out: a side without a zone, which is a Service, an outside address, or a node without a zone label.", Unit.Bytes,
            Labels.SourceZone, Labels.DestinationZone, BetweenZones().LargestFirst()),
        Panel.Table("From node to node, across zones", "Estimated bytes between nodes of different zones in the selected range.",
            Column.OfLabel(Labels.SourceNode, "From", Shared.NodeOf(DataLink.Cell("From"))), Column.OfLabel(Labels.SourceZone, "Zone"),
            Column.OfLabel(Labels.DestinationNode, "To", Shared.NodeOf(DataLink.Cell("To"))), Column.OfLabel(Labels.DestinationZone, "Its zone"),
            Column.OfValue("Bytes", Unit.Bytes, AcrossZones()).Bar()),
    ];

    private static Expression BetweenZones()
    {
        Expression pairs = zoned.Increase().Sum(Labels.SourceZone, Labels.DestinationZone);
        return pairs.Or((pairs.IsAbsent() * 0).With(Labels.SourceZone, "no zones").With(Labels.DestinationZone, "no zones"));
    }

    /// <summary>Pairs of nodes less those within one zone: a copy of the label makes the two zones comparable.</summary>
    private static Expression AcrossZones()
    {
        string[] by = [Labels.SourceNode, Labels.SourceZone, Labels.DestinationNode, Labels.DestinationZone];
        Expression pairs = zoned.Increase().Sum(by);
        return pairs.Unless(pairs.Duplicate(Labels.SourceZone, Labels.DestinationZone)).OrNone(Labels.SourceNode, "none");
    }

    private static Expression Volume(string locality, params string[] by) => bytes.Is(Labels.Locality, locality).Increase().Sum(by);

    private static Expression Total() =>
        billed.Select(entry => Volume(entry.Locality).OrZero() * Price(entry.Price)).Aggregate((left, right) => left + right);

    private static Expression TotalByNamespace() =>
        billed.Select(entry => VolumeByNamespace(entry.Locality) * Price(entry.Price)).Aggregate((left, right) => left + right);

    /// <summary>Zero for a namespace without bytes of the locality, so that its other localities still have a sum.</summary>
    private static Expression VolumeByNamespace(string locality, string range = Selector.Range) =>
        bytes.Is(Labels.Locality, locality).Increase(range).Sum(Labels.Source).Or(bytes.Increase(range).Sum(Labels.Source) * 0);

    private static Expression Price(string variable) => Expression.Variable(variable) / Gigabyte;
}
