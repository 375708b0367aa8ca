using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Panels and groups that several dashboards show.</summary>
internal static class Common
{
    /// <summary>Names and titles for the links of the navigation, in its order.</summary>
    private static readonly (string Name, string Title)[] pages =
    [
        ("overview", "Overview"), ("top-n", "Top-N"), ("pairs", "Flows"), ("types", "Traffic: types"), ("attributes", "Traffic: attributes"), ("services", "Services"),
        ("internet", "Internet"), ("agents", "Nodes and agents"), ("security", "Security"), ("records", "Flow records"),
    ];

    public static Group SourceNamespaces { get; } = Group.By("Source namespace", RecordField.SourceNamespace, 12);
    public static Group DestinationNamespaces { get; } = Group.By("Destination namespace", RecordField.DestinationNamespace, 12);
    public static Group Services { get; } = Group.By("Service", RecordField.Service, 12);
    public static Group Systems { get; } = Group.By("Autonomous system", RecordField.AutonomousSystem, 12);
    public static Group Countries { get; } = Group.By("Country", RecordField.Country, 12);

    /// <summary>The end of a panel's description that shows rates.</summary>
    public const string RateNote = "Estimated from samples; each bar is the mean of its interval.";

    public static KibanaPanel Navigation { get; } = new TextPanel("Dashboards", "Links to all dashboards, and how to read their numbers.",
        $"{string.Join(" · ", pages.Select(page => $"[{page.Title}](#/view/{SavedObject.Prefix}{page.Name})"))}\n\n"
        + "Bytes and packets are estimates from samples: ± is the half width of the 95 % interval, and there is none below 30 samples. In tables without ±, a share of "
        + "the packets with *n* samples is known to about ± 196 % / √n. Each packet counts once (`sflow.counted: true`).")
    { SharedId = "sflow-navigation", Width = 48, Height = 5 };

    public static KibanaPanel Controls { get; } = new ControlsPanel("Controls", "What all panels show.",
        Group.By("Source namespace", RecordField.SourceNamespace, 200), Group.By("Destination namespace", RecordField.DestinationNamespace, 200),
        Group.By("Source workload", RecordField.SourceWorkload, 500), Group.By("Destination workload", RecordField.DestinationWorkload, 500),
        Group.By("Service", RecordField.Service, 500), Group.By("Node", RecordField.Node, 500),
        Group.By("Direction", RecordField.Direction, 10), Group.By("Locality", RecordField.Locality, 50))
    { SharedId = "sflow-controls", Width = 48, Height = 6 };

    /// <summary>What every dashboard begins with.</summary>
    public static KibanaPanel[] Head { get; } = [Navigation, Controls];

    /// <summary>Volume columns of a table.</summary>
    public static Measure[] Volume { get; } = [Measure.Bytes, Measure.Packets, Measure.Samples];

    public static KibanaPanel Rate(string title, string of, Group group) => new RateChart(title, $"Bits per second by {of}. {RateNote}", Amount.Bytes, group);

    public static KibanaPanel PacketRate(string title, string of, Group group) => new RateChart(title, $"Packets per second by {of}. {RateNote}", Amount.Packets, group);

    /// <summary>Everything about one field: the largest values with their error, and rates in bits and packets. Records without a value are left out.</summary>
    public static KibanaPanel[] Dimension(string titles, string of, Group group) =>
    [
        new RankChart(titles, $"Bytes by {of}, with their 95 % interval.", Amount.Bytes, group).Where(Condition.Has(group.Field)).Size(16, 14),
        Rate($"{titles} (bits/s)", of, group).Where(Condition.Has(group.Field)).Size(16, 14),
        PacketRate($"{titles} (packets/s)", of, group).Where(Condition.Has(group.Field)).Size(16, 14),
    ];
}
