using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Traffic across the border of the cluster: places, autonomous systems, downloads.</summary>
internal static class InternetTraffic
{
    private static readonly Condition outbound = Condition.Is(RecordField.Direction, "outbound"), internet = Condition.Is(RecordField.Locality, "internet"), downloads = Condition.Has(RecordField.AcknowledgedBytes);

    public static KibanaDashboard Dashboard { get; } = new("internet", "Internet", "What leaves the cluster, where it goes, and what comes back. Places and autonomous systems need --geoip-database.",
        Common.Head,
        [
            new MapChart("Places", "Bytes to outside addresses by place. Replies from outside are not sampled.", Amount.Bytes).Where(Condition.Has(RecordField.Place)).Size(32, 20),
            new NumbersPanel("Different", "Values of outside destinations in the samples.", Measure.Different("Countries", RecordField.Country), Measure.Different("Cities", RecordField.City),
                Measure.Different("Autonomous systems", "destination.as.number"), Measure.Different("Outside addresses", "destination.ip")).Where(outbound).Size(16, 20),
        ],
        Common.Dimension("Countries", "country of the destination", Common.Countries),
        Common.Dimension("Cities", "city of the destination", Group.By("City", RecordField.City, 12)),
        Common.Dimension("Autonomous systems", "autonomous system of the destination", Common.Systems),
        [
            new RateChart("Outbound by namespace (bits/s)", $"Bits per second to outside addresses by namespace of the source. {Common.RateNote}", Amount.Bytes, Common.SourceNamespaces).Where(outbound).Size(24, 14),
            new TablePanel("Outbound by namespace and peer", "Bytes to outside addresses: who, to which network, which address, which Service or port.",
                [Group.By("Namespace", RecordField.SourceNamespace, 50), Group.By("Network", RecordField.DestinationNamespace, 10), Group.By("Address", "destination.ip", 20), Group.By("Service", RecordField.Service, 5).Or("none")], Common.Volume).Where(outbound).Size(24, 14),
        ],
        [
            new RateChart("Downloads, at least (bits/s)", $"Lower bound of the payload that pods received from unsampled peers, from their TCP acknowledgements, by namespace. {Common.RateNote}", Amount.Downloads,
                Group.By("Namespace", RecordField.SourceNamespace, 12)).Where(downloads).Size(24, 14),
            new TablePanel("Downloads, at least", "Lower bound of the payload that pods received from unsampled peers: who, from which network and address. Bytes are those of the pod's own packets.",
                [Group.By("Namespace", RecordField.SourceNamespace, 50), Group.By("Network", RecordField.DestinationNamespace, 10), Group.By("Address", "destination.ip", 20)], Measure.Downloaded, Measure.Bytes, Measure.Samples).Where(downloads).Size(24, 14),
        ],
        [
            new SankeyChart("From namespaces to countries", "Bytes to the internet by namespace and country.", Common.SourceNamespaces, Common.Countries).Where(internet, Condition.Has(RecordField.Country)).Size(24, 16),
            new TablePanel("Places of outside addresses", "Bytes by country, city and autonomous system.",
                [Group.By("Country", RecordField.Country, 50), Group.By("City", RecordField.City, 20).Or("none"), Group.By("Autonomous system", RecordField.AutonomousSystem, 20).Or("none")], Common.Volume).Size(24, 16),
        ]);
}
