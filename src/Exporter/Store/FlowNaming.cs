using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Turns the ids of a record, which mean something in this process only, into rows of the tables of names.</summary>
internal sealed class FlowNaming : IDisposable
{
    private readonly Interned<(Address Address, uint SubAgent, int Node)> agents;
    private readonly Interned<int> endpoints, services;
    private readonly LeaseCache endpointLeases, serviceLeases;

    /// <summary>The agent of the last record, which the next one has too as a rule.</summary>
    private (Address Address, uint SubAgent, int Node) agent;
    private NameLease agentLease;

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
        (endpointLeases, serviceLeases) = (new LeaseCache(endpoints), new LeaseCache(services));
    }

    /// <summary>Replaces the ids of agent, endpoints and services.</summary>
    /// <param name="flow">The record.</param>
    /// <param name="position">The position that it gets.</param>
    public void Name(ref Flow flow, long position)
    {
        (Address, uint, int) key = (flow.AgentAddress, flow.SubAgentId, flow.ObserverNode);
        if (key != agent || agentLease.UsedUntil <= position) (agent, agentLease) = (key, agents.Lease(key, position));
        flow.Agent = agentLease.Id;
        flow.SourceEndpoint = endpointLeases.Id(flow.SourceEndpoint, position);
        flow.DestinationEndpoint = endpointLeases.Id(flow.DestinationEndpoint, position);
        // Id 0 of the registry is "none", as is row 0 of the table.
        if (flow.SourceService != 0) flow.SourceService = serviceLeases.Id(flow.SourceService, position);
        if (flow.DestinationService != 0) flow.DestinationService = serviceLeases.Id(flow.DestinationService, position);
        if (flow.ServerService != 0) flow.ServerService = serviceLeases.Id(flow.ServerService, position);
    }

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
}
