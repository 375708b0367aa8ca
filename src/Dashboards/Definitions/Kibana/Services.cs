using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Who uses a Service, and which backends answer.</summary>
internal static class Services
{
    private static readonly Condition named = Condition.Has(RecordField.Service), requests = Condition.Is(RecordField.IsInitiator, "true"), replies = Condition.Is(RecordField.IsInitiator, "false");

    public static KibanaDashboard Dashboard { get; } = new("services", "Services", "Clients and backends of Services. Choose a Service in the controls.",
        Common.Head,
        [
            Common.Rate("Requests (bits/s)", "Service, from clients to it", Common.Services).Where(requests).Size(24, 12),
            Common.Rate("Replies (bits/s)", "Service, from it to its clients. Backends outside the cluster are not sampled", Common.Services).Where(replies).Size(24, 12),
        ],
        [
            new SankeyChart("Clients", "Bytes of requests from client workloads to Services.", Group.By("Client", RecordField.ClientWorkload, 15).Or("no workload"), Common.Services).Where(named, requests).Size(24, 18),
            new SankeyChart("Backends", "Bytes of replies from the pods or hosts that answer, by Service. A reply shows its backend; a request shows the address of the Service.", Common.Services,
                Group.By("Backend", RecordField.ServerName, 20).Or("no name")).Where(named, replies).Size(24, 18),
        ],
        [
            new TablePanel("Clients of Services", "Requests by Service and client.",
                [Group.By("Service", RecordField.Service, 50), Group.By("Client namespace", RecordField.ClientNamespace, 20).Or("no namespace"), Group.By("Client", RecordField.ClientName, 20).Or("no name")], Common.Volume).Where(named, requests),
            new TablePanel("Backends of Services", "Replies by Service, pod and node: what each backend does.",
                [Group.By("Service", RecordField.Service, 50), Group.By("Backend", RecordField.ServerName, 50).Or("no name"), Group.By("Node", "server.kubernetes.node.name", 5).Or("no node")], Common.Volume).Where(named, replies),
        ],
        [
            new RankChart("Backends by replies", "Bytes of replies by backend with their 95 % interval.", Amount.Bytes, Group.By("Backend", RecordField.ServerName, 15)).Where(named, replies).Size(24, 16),
            new MatrixPanel("Backends and the nodes of their clients", "Bytes of replies from backends at the left to nodes below.", Measure.Bytes,
                Group.By("Backend", RecordField.ServerName, 20), Group.By("Node of the client", "client.kubernetes.node.name", 20).Or("no node")).Where(named, replies).Size(24, 16),
        ]);
}
