using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Adds to each record its two endpoints, the Services of its two ports, and the observer node.</summary>
internal sealed class IdentifyStage(AddressBookHolder holder, LastServiceCache lastServices, SampleMemory memory, AgentRegistry agents, Registries names) : IFlowStage
{
    private readonly int link = names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Link, Label = ReservedLabels.Link }).Id;
    private readonly ClaimantRule claimants = new(names, memory);

    public FlowParts Writes => FlowParts.Endpoints;

    public void Process(Span<Flow> records)
    {
        AddressBook book = holder.Current;
        int agent = -1, node = -1;
        foreach (ref Flow record in records)
        {
            if (record.Agent != agent) (agent, node) = (record.Agent, agents[record.Agent].ObserverNode);
            record.ObserverNode = node;
            if (!record.Source.IsSome && !record.Destination.IsSome || IsNeighbourDiscovery(record))
            {
                record.SourceEndpoint = record.DestinationEndpoint = link;
                continue;
            }
            record.SourceEndpoint = book.Find(record.Source);
            record.DestinationEndpoint = book.Find(record.Destination);
        }
        if (book.HasShared) claimants.Resolve(book, records);
        if (book.HasPorts) FindServices(book, records);
    }

    public void Idle()
    {
    }

    /// <summary>
    /// A request shows the Service that a client socket calls. The reply comes from a pod that may be a backend of several Services, so the
    /// cache of the request decides. Without a request in the cache, the first Service by name is used.
    /// </summary>
    /// <remarks>A separate loop, so that the cache misses of several records overlap.</remarks>
    private void FindServices(AddressBook book, Span<Flow> records)
    {
        foreach (ref Flow record in records)
        {
            if (!record.Has(PacketFacts.Ports)) continue;
            record.SourceRole = Find(book, record.SourceEndpoint, record.Protocol, record.SourcePort, out int source);
            record.DestinationRole = Find(book, record.DestinationEndpoint, record.Protocol, record.DestinationPort, out int destination);
            if (record.DestinationRole == PortRole.Service && destination > 0)
                lastServices.Remember(record.Source, record.SourcePort, record.Protocol, destination);
            record.SourceService = source >= 0 ? source : lastServices.Choose(book.Shared(source), record.Destination, record.DestinationPort, record.Protocol);
            record.DestinationService = destination >= 0 ? destination : lastServices.Choose(book.Shared(destination), record.Source, record.SourcePort, record.Protocol);
        }
    }

    /// <summary>The entry of a port. The Service is below 0 if several share the port; no record ever has such an id.</summary>
    private PortRole Find(AddressBook book, int endpoint, byte protocol, ushort port, out int service)
    {
        EndpointKind kind = names.Endpoints.Brief(endpoint).Kind;
        bool isKnown = book.TryFindPort(endpoint, protocol, port, out service);
        if (isKnown && service != 0) return kind == EndpointKind.Service ? PortRole.Service : PortRole.Endpoint;
        if (kind == EndpointKind.Node && book.TryFindPort(AddressBook.AnyNode, protocol, port, out service)) return PortRole.NodePort;
        service = 0;
        return isKnown ? PortRole.Container : kind == EndpointKind.Service ? PortRole.VirtualAddress : PortRole.None;
    }

    private static bool IsNeighbourDiscovery(in Flow record) =>
        record.Protocol == 58 && record.Has(PacketFacts.Icmp) && record.IcmpType is >= 133 and <= 137;
}
