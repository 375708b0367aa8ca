using SFlow.Dashboards.Kibana;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Protocols, VLANs, code points, flags, localities, one row each.</summary>
internal static class TrafficAttributes
{
    public static KibanaDashboard Dashboard { get; } = new("attributes", "Traffic: attributes", "Traffic by protocol, IP version, TCP flag, DSCP, VLAN, network, direction and locality.",
        Common.Head,
        [
            new NumbersPanel("Different", "Values in the samples.", Measure.Different("IP protocols", RecordField.Transport), Measure.Different("DSCP", "sflow.ip.dscp"),
                Measure.Different("VLANs", "network.vlan.id"), Measure.Different("User-defined networks", "network.name"), Measure.Different("Localities", RecordField.Locality)).Size(48, 7),
        ],
        Common.Dimension("IP protocols", "IP protocol", Group.By("Protocol", RecordField.Transport, 12)),
        Common.Dimension("IP versions", "version of IP", Group.By("Version", "network.type", 5)),
        Common.Dimension("Localities", "distance between source and destination", Group.By("Locality", RecordField.Locality, 12)),
        Common.Dimension("Directions", "direction across the border of the cluster", Group.By("Direction", RecordField.Direction, 6)),
        Common.Dimension("TCP flags", "TCP flag; a packet with several flags counts for each", Group.By("Flag", RecordField.Flags, 10) with { Overlap = true }),
        Common.Dimension("DSCP", "differentiated services code point", Group.By("DSCP", "sflow.ip.dscp", 12)),
        Common.Dimension("VLANs", "802.1Q identifier of the outer tag. Packets of OVN have none", Group.By("VLAN", "network.vlan.id", 12)),
        Common.Dimension("User-defined networks", "user-defined network of OVN-Kubernetes", Group.By("Network", "network.name", 12)));
}
