using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Turns the ids of a record, which mean something in this process only, into rows of the tables of names.</summary>
internal sealed class FlowNaming : IDisposable
{
    private readonly Interned<(Address Address, uint SubAgent, int Node)> agents;
    private readonly Interned<int> endpoints, services;

    public FlowNaming(SqliteConnection connection, Registries names)
    {
        agents = new(connection, "agent", ["address", "sub_agent_id", "node"], (statement, key) =>
        {
            Span<byte> address = stackalloc byte[16];
            key.Address.WriteBytes(address);
            statement.Bind(1, address).Bind(2, key.SubAgent).Bind(3, key.Node < 0 ? "" : CleanText.Of(names.Nodes[key.Node].Name));
        });
        endpoints = new(connection, "endpoint", ["kind", "label", "namespace", "name", "owner_kind", "owner_name", "node", "zone", "region", "network"],
            (statement, key) =>
            {
                FlowEndpoint endpoint = names.Endpoints[key];
                string?[] texts =
                [
                    endpoint.Label, endpoint.Namespace, endpoint.Name, endpoint.OwnerKind, endpoint.OwnerName,
                    endpoint.NodeName, endpoint.Zone, endpoint.Region, endpoint.Network,
                ];
                statement.Bind(1, (long)endpoint.Kind);
                for (int i = 0; i < texts.Length; i++) statement.Bind(2 + i, CleanText.Of(texts[i]));
            });
        services = new(connection, "service", ["name"], (statement, key) => statement.Bind(1, CleanText.Of(names.Services[key])));
    }

    /// <param name="record">The record.</param>
    /// <param name="position">The position it will get.</param>
    public FlowNameIds Ids(in Flow record, long position) => new(
        agents.Id((record.AgentAddress, record.SubAgentId, record.ObserverNode), position),
        endpoints.Id(record.SourceEndpoint, position),
        endpoints.Id(record.DestinationEndpoint, position),
        Service(record.SourceService, position),
        Service(record.DestinationService, position),
        Service(record.ServerService, position));

    public void Prune(long oldestPosition)
    {
        agents.Prune(oldestPosition);
        endpoints.Prune(oldestPosition);
        services.Prune(oldestPosition);
    }

    public void Dispose()
    {
        agents.Dispose();
        endpoints.Dispose();
        services.Dispose();
    }

    /// <summary>Id 0 of the registry is "none", as is row 0 of the table.</summary>
    private long Service(int id, long position) => id == 0 ? 0 : services.Id(id, position);
}
