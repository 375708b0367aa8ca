using SFlow.Dashboards.Kibana;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>The records themselves.</summary>
internal static class Records
{
    public static KibanaDashboard Dashboard { get; } = new("records", "Flow records", "The records themselves, by client and server, and by source and destination.",
        Common.Head,
        [
            new NumbersPanel("Records", "Counted records in the time range, and what they stand for.", [Measure.Samples, Measure.Bytes, Measure.Packets, Measure.Conversations]).Size(16, 10),
            Common.PacketRate("Records by protocol (packets/s)", "IP protocol", Group.By("Protocol", RecordField.Transport, 10)).Size(32, 10),
        ],
        [
            new RecordsPanel("Flow records (client and server)", "One row for each sampled packet of a known server, by role. Bytes and packets are estimates.",
                "host.name", "client.kubernetes.namespace", "client.kubernetes.name", "client.ip", "server.kubernetes.namespace", "server.kubernetes.name", "server.ip", "sflow.server_service", "sflow.is_initiator",
                "network.transport", "network.bytes", "network.packets") { SharedId = "sflow-flow-records-roles" }.Where(Condition.Has("server.ip")).Size(48, 20),
        ],
        [
            new RecordsPanel("Flow records", "One row for each sampled packet, by direction. Bytes and packets are estimates.",
                "host.name", "sflow.source_namespace", "source.kubernetes.name", "source.ip", "source.port", "sflow.destination_namespace", "destination.kubernetes.name", "destination.ip", "destination.port",
                "sflow.server_service", "sflow.server_reason", "network.transport", "network.bytes", "network.packets") { SharedId = "sflow-flow-records" }.Size(48, 20),
        ]);
}
