using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>From whom to whom: bands and matrices.</summary>
internal static class Flows
{
    private static readonly Group sourceWorkloads = Group.By("Source workload", RecordField.SourceWorkload, 15).Or("no workload");
    private static readonly Group destinationWorkloads = Group.By("Destination workload", RecordField.DestinationWorkload, 15).Or("no workload");
    private static readonly Group clients = Group.By("Client workload", RecordField.ClientWorkload, 15).Or("no workload");
    private static readonly Group sourceNodes = Group.By("Source node", RecordField.SourceNode, 15).Or("no node");
    private static readonly Group destinationNodes = Group.By("Destination node", RecordField.DestinationNode, 15).Or("no node");

    public static KibanaDashboard Dashboard { get; } = new("pairs", "Flows", "From whom to whom traffic goes: by namespace, workload, node and autonomous system.",
        Common.Head,
        [
            new SankeyChart("Client workloads and Services", "Bytes of requests and replies by workload of the client and by Service.", clients, Common.Services).Where(Condition.Has("server.ip")).Size(24, 20),
            new SankeyChart("Workloads", "Bytes from source to destination workload. no workload: nodes, Services and outside addresses.", sourceWorkloads, destinationWorkloads).Size(24, 20),
        ],
        [
            new SankeyChart("Nodes", "Bytes from node to node. no node: Services and outside addresses.", sourceNodes, destinationNodes).Size(24, 16),
            new SankeyChart("Namespaces and autonomous systems", "Bytes from namespaces to the autonomous systems of outside addresses. Needs --geoip-database.", Common.SourceNamespaces, Common.Systems)
                .Where(Condition.Has(RecordField.AutonomousSystem)).Size(24, 16),
        ],
        [
            new MatrixPanel("From namespace to namespace", "Bytes from the namespaces at the left to those below.", Measure.Bytes, Common.SourceNamespaces with { Size = 20 }, Common.DestinationNamespaces with { Size = 20 }).Size(24, 18),
            new MatrixPanel("From node to node", "Bytes from the nodes at the left to those below. Services and outside addresses are left out.", Measure.Bytes,
                Group.By("Source node", RecordField.SourceNode, 20), Group.By("Destination node", RecordField.DestinationNode, 20)).Size(24, 18),
        ],
        [
            new RankChart("Namespaces that send", "Bytes by namespace of the source with their 95 % interval.", Amount.Bytes, Common.SourceNamespaces).Size(24, 14),
            new RankChart("Namespaces that receive", "Bytes by namespace of the destination with their 95 % interval.", Amount.Bytes, Common.DestinationNamespaces).Size(24, 14),
        ],
        [
            new RankChart("Packets by namespace that sends", "Packets by namespace of the source with their 95 % interval.", Amount.Packets, Common.SourceNamespaces).Size(24, 14),
            new RankChart("Packets by namespace that receives", "Packets by namespace of the destination with their 95 % interval.", Amount.Packets, Common.DestinationNamespaces).Size(24, 14),
        ]);
}
