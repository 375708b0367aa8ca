using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>How much, who with whom, and how exactly it is known.</summary>
internal static class TrafficOverview
{
    public static KibanaDashboard Dashboard { get; } = new("overview", "Overview", "How much traffic there is, between whom, and how exactly it is known.",
        Common.Head,
        [
            new FiguresPanel("Traffic of the time range", "Mean rate, bytes and packets, each with the half width of its 95 % interval, and the number of samples.").Size(36, 8),
            new NumbersPanel("Different", "Conversations, Services and namespaces in the samples. Approximate above some thousands.",
                Measure.Conversations, Measure.Different("Services", RecordField.Service), Measure.Different("Namespaces that send", RecordField.SourceNamespace)).Size(12, 8),
        ],
        [
            new BandChart("Traffic", "Bits per second with the 95 % interval of each point as a band.", Amount.Bytes).Size(24, 12),
            Common.Rate("Services (bits/s)", "Service of the server. @other: ports without a name", Common.Services).Size(24, 12),
        ],
        [
            new SankeyChart("Namespaces", "Bytes from source to destination namespace. Names with @ are not namespaces: @internet, @node, named networks.", Common.SourceNamespaces, Common.DestinationNamespaces).Size(24, 18),
            new RankChart("Services", "Bytes by Service, requests and replies, with their 95 % interval.", Amount.Bytes, Common.Services).Size(24, 18),
        ],
        [
            new DonutPanel("Servers and clients", "Bytes by namespace of the server (inside) and of its clients (outside). Packets without a known server are left out.", Measure.Bytes,
                Group.By("Server namespace", RecordField.ServerNamespace, 10).Or("no namespace").AndOthers(), Group.By("Client namespace", RecordField.ClientNamespace, 10).Or("no namespace").AndOthers()).Where(Condition.Has("server.ip")).Size(16, 14),
            new DonutPanel("IP versions and protocols", "Bytes by version of IP (inside) and transport protocol (outside).", Measure.Bytes,
                Group.By("Version", "network.type", 5).Or("other"), Group.By("Protocol", RecordField.Transport, 10).Or("none")).Size(16, 14),
            new DonutPanel("Localities", "Bytes by distance between source and destination. unknown: requests to Services, unnamed private addresses, nodes without zone labels.", Measure.Bytes,
                Group.By("Locality", RecordField.Locality, 12).AndOthers()).Size(16, 14),
        ],
        [
            new CloudPanel("TCP flags", "Sampled packets by TCP flag; a packet with several flags counts for each.", Measure.Samples, Group.By("Flag", RecordField.Flags, 10)).Size(16, 12),
            new DonutPanel("Directions", "Bytes by direction across the border of the cluster. Replies from outside are not sampled, so inbound is too small.", Measure.Bytes, Group.By("Direction", RecordField.Direction, 6).Or("none")).Size(16, 12),
            new DonutPanel("How the server was determined", "Samples by evidence. iana_port and lower_port are heuristics.", Measure.Samples, Group.By("Reason", "sflow.server_reason", 12).Or("none")).Size(16, 12),
        ]);
}
