using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Traffic that somebody should look at. Samples show large scans, and may miss small ones.</summary>
internal static class Security
{
    private static readonly Condition[] calls = [Condition.Is(RecordField.Flags, "SYN"), Condition.IsNot(RecordField.Flags, "ACK")];
    private static readonly Condition refused = Condition.Is(RecordField.Flags, "RST");
    private static readonly Group callers = Group.By("Caller's namespace", RecordField.SourceNamespace, 30);

    public static KibanaDashboard Dashboard { get; } = new("security", "Security", "Port scans, callers of many peers, refused connections, unusual ports, new pairs of namespaces.",
        Common.Head,
        [
            new TablePanel("Port scans", "Calls (SYN without ACK) from one address to one address, by the number of different ports. One of so many packets is sampled, so the real number is larger.",
                [Group.By("Caller", "source.ip", 30), Group.By("Called", "destination.ip", 10), callers with { Size = 1 }], Measure.Different("Ports", "destination.port"), Measure.Packets, Measure.Samples, Measure.LastSeen).Where(calls),
            new TablePanel("Callers of many peers", "Calls (SYN without ACK) by the number of different addresses that were called.",
                [Group.By("Caller", "source.ip", 30), callers with { Size = 1 }], Measure.Different("Peers", "destination.ip"), Measure.Different("Ports", "destination.port"), Measure.Packets, Measure.Samples, Measure.LastSeen).Where(calls),
        ],
        [
            Common.PacketRate("Calls (packets/s)", "namespace of the caller: SYN without ACK", Common.SourceNamespaces).Where(calls).Size(24, 12),
            Common.PacketRate("Resets (packets/s)", "namespace of the sender: RST. A refused connection has one, and some connections end with one", Common.SourceNamespaces).Where(refused).Size(24, 12),
        ],
        [
            new TablePanel("Refused connections", "Packets with RST by who sent them and to whom, and from how many ports.",
                [Group.By("Refused by", "source.ip", 30), Group.By("Caller", "destination.ip", 20), Group.By("Caller's namespace", RecordField.DestinationNamespace, 2)],
                Measure.Packets, Measure.Different("Ports", "source.port"), Measure.Samples, Measure.LastSeen).Where(refused),
            new TablePanel("Unusual ports", "Servers whose port neither a Service nor a container nor IANA names.",
                [Group.By("Port", "server.port", 50), Group.By("Server", "server.ip", 20), Group.By("Server namespace", RecordField.ServerNamespace, 2).Or("no namespace")], [.. Common.Volume, Measure.Different("Clients", "client.ip")])
                .Where(Condition.Is(RecordField.Service, "@other"), Condition.Has("server.port")),
        ],
        [
            new NewPairsChart("New pairs of namespaces", "Pairs whose oldest kept record is of the last seven days, whatever the time range. Needs records of more than a week.").Size(24, 14),
            new TablePanel("Callers from outside", "Calls from addresses without a namespace, by what they call.",
                [Group.By("Network", RecordField.SourceNamespace, 20), Group.By("Caller", "source.ip", 30), Group.By("Service", RecordField.Service, 10).Or("none")], Measure.Packets, Measure.Samples, Measure.LastSeen)
                .Where([.. calls, Condition.IsNot("source.kubernetes.kind", "Pod", "Node", "Service")]).Size(24, 14),
        ]);
}
