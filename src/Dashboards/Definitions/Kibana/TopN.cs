using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>The largest of each kind.</summary>
internal static class TopN
{
    private static readonly Condition server = Condition.Has("server.ip");

    public static KibanaDashboard Dashboard { get; } = new("top-n", "Top-N", "The largest clients, servers, services, conversations, workloads and protocols.",
        Common.Head,
        [
            new TablePanel("Top clients", "Clients by namespace, workload and address: bytes in both directions of their conversations.",
                [Group.By("Namespace", RecordField.ClientNamespace, 50).Or("no namespace"), Group.By("Workload", RecordField.ClientWorkload, 20).Or("none"), Group.By("Address", "client.ip", 20)], Common.Volume).Where(server),
            new TablePanel("Top servers", "Servers by namespace, workload and address: bytes in both directions of their conversations.",
                [Group.By("Namespace", RecordField.ServerNamespace, 50).Or("no namespace"), Group.By("Workload", RecordField.ServerWorkload, 20).Or("none"), Group.By("Address", "server.ip", 20)], Common.Volume).Where(server),
        ],
        [
            new TablePanel("Top services", "Services, requests and replies. @other: ports without a name.", [Group.By("Service", RecordField.Service, 500)],
                [.. Common.Volume, Measure.Different("Clients", "client.ip"), Measure.Different("Servers", "server.ip")]),
            new TablePanel("Top conversations", "Client, server and Service by address: bytes in both directions.",
                [Group.By("Client", "client.ip", 50), Group.By("Server", "server.ip", 25), Group.By("Service", RecordField.Service, 10).Or("none")], Common.Volume),
        ],
        [
            new RankChart("Workloads that send", "Bytes by workload of the source with their 95 % interval.", Amount.Bytes, Group.By("Workload", RecordField.SourceWorkload, 15).Or("no workload")).Size(24, 16),
            new RankChart("Workloads that receive", "Bytes by workload of the destination with their 95 % interval. Requests to a Service have no workload of the destination.", Amount.Bytes, Group.By("Workload", RecordField.DestinationWorkload, 15).Or("no workload")).Size(24, 16),
        ],
        [
            Common.Rate("Services (bits/s)", "Service of the server", Common.Services).Size(24, 12),
            Common.Rate("Namespaces that send (bits/s)", "namespace of the source", Common.SourceNamespaces).Size(24, 12),
        ],
        [
            new TablePanel("Top IP protocols", "Bytes, packets and samples by IP protocol.", [Group.By("Protocol", RecordField.Transport, 100)], Common.Volume),
            new TablePanel("Top namespace pairs", "From namespace to namespace, one direction.",
                [Group.By("Source", RecordField.SourceNamespace, 50), Group.By("Destination", RecordField.DestinationNamespace, 50)], Common.Volume),
        ]);
}
