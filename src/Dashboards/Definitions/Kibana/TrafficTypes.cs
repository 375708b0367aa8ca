using SFlow.Dashboards.Kibana;

namespace SFlow.Dashboards.Definitions.Kibana;

/// <summary>Clients, servers and Services, one row each.</summary>
internal static class TrafficTypes
{
    public static KibanaDashboard Dashboard { get; } = new("types", "Traffic: types", "Traffic by client, server, Service and application protocol: bytes, bits per second, packets per second.",
        Common.Head,
        [
            new NumbersPanel("Different", "Clients, servers, Services and protocols of known ports in the samples. Approximate above some thousands.",
                Measure.Different("Clients", "client.ip"), Measure.Different("Servers", "server.ip"), Measure.Different("Services", RecordField.Service), Measure.Different("Protocols", "network.protocol")).Size(48, 7),
        ],
        Common.Dimension("Clients", "workload of the client", Group.By("Client", RecordField.ClientWorkload, 12)),
        Common.Dimension("Servers", "workload of the server", Group.By("Server", RecordField.ServerWorkload, 12)),
        Common.Dimension("Services", "Service", Common.Services),
        Common.Dimension("Protocols of known ports", "IANA's name of the server's port, where no Service and no container names it", Group.By("Protocol", "network.protocol", 12)),
        Common.Dimension("Origins of the service name", "where the name of the Service comes from", Group.By("Origin", "sflow.service_origin", 6)));
}
