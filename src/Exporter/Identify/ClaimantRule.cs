using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// Selects one of several claimants of an address for a sample: by the port and the tunnel of the packet, the node that sampled it, the network
/// of the peer, and the destination port. If several remain, the sample gets what they have in common.
/// </summary>
internal sealed class ClaimantRule(Registries names, SampleMemory memory)
{
    private readonly EndpointRegistry endpoints = names.Endpoints;
    private readonly Claimants source = new(names.Endpoints), destination = new(names.Endpoints);

    /// <summary>Endpoints of addresses that may be on any node, by the endpoint and its node.</summary>
    private readonly FlatTable placed = new();

    public void Resolve(AddressBook book, Span<Flow> records)
    {
        foreach (ref Flow record in records)
        {
            bool sources = endpoints.Brief(record.SourceEndpoint).Shared, destinations = endpoints.Brief(record.DestinationEndpoint).Shared;
            if (sources || destinations) Resolve(book, ref record, sources, destinations);
            Learn(record, sources);
        }
    }

    private void Resolve(AddressBook book, ref Flow record, bool sources, bool destinations)
    {
        bool tunnelled = record.Has(PacketFacts.TunnelIngress);
        int from = SenderNode(book, record, tunnelled, destinations);
        source.Begin(record.SourceEndpoint);
        destination.Begin(record.DestinationEndpoint);
        if (tunnelled && NetworkOf(book, record.TunnelVni, out int network))
        {
            source.KeepNetwork(network);
            destination.KeepNetwork(network);
        }
        int owner = !tunnelled && HasPort(record) ? memory.Port(record.Agent, record.InputValue) : 0;
        if (owner > 0 && owner != SampleMemory.Uplink) source.KeepOnly(owner);
        if (from >= 0) source.KeepNode(from, on: true);
        else if (record.ObserverNode >= 0 && (tunnelled || from == Elsewhere)) source.KeepNode(record.ObserverNode, on: false);
        // A packet from another node is delivered on this one.
        if (record.ObserverNode >= 0 && (tunnelled || from == Elsewhere)) destination.KeepNode(record.ObserverNode, on: true);
        if (source.AreOfNetworks() && destination.AreOfNetworks())
        {
            source.KeepNetworksOf(destination);
            destination.KeepNetworksOf(source);
        }
        if (record.Has(PacketFacts.Ports))
        {
            KeepService(book, source, record.SourceEndpoint, record.Protocol, record.SourcePort);
            KeepService(book, destination, record.DestinationEndpoint, record.Protocol, record.DestinationPort);
        }
        KeepPlace(source, record.Source);
        KeepPlace(destination, record.Destination);
        if (sources) record.SourceEndpoint = Chosen(source, record.SourceEndpoint, from);
        if (destinations) record.DestinationEndpoint = Chosen(destination, record.DestinationEndpoint, tunnelled || from == Elsewhere ? record.ObserverNode : -1);
    }

    private const int Unknown = -1, Elsewhere = -2;

    /// <summary>The node that sent the packet; -1 if unknown, -2 if only known that it is not the observer.</summary>
    private int SenderNode(AddressBook book, in Flow record, bool tunnelled, bool destinations)
    {
        if (tunnelled)
        {
            int node = endpoints.Brief(book.Find(Address.FromIPv4(record.TunnelSource))).Node;
            return node >= 0 && node != record.ObserverNode ? node : Unknown;
        }
        if (record.ObserverNode < 0) return Unknown;
        if (HasPort(record)) return memory.Port(record.Agent, record.InputValue) == SampleMemory.Uplink ? Elsewhere : record.ObserverNode;
        // A tunnel over IPv6 shows only as a port without number. Packets from ovn-controller have none either, but leave the node.
        return !destinations && endpoints.Brief(record.DestinationEndpoint).HostNode == record.ObserverNode ? Elsewhere : record.ObserverNode;
    }

    private bool NetworkOf(AddressBook book, uint tunnelId, out int network) => book.TryFindNetwork(tunnelId, out network) || memory.TryFindTunnel(tunnelId, out network);

    private static bool HasPort(in Flow record) => record.InputFormat == 0 && record.InputValue is not (0 or Flow.TheDevice);

    /// <summary>Several Services may share the address of a load balancer. The port distinguishes them.</summary>
    private void KeepService(AddressBook book, Claimants claimants, int endpoint, byte protocol, ushort port)
    {
        if (claimants.Count > 1 && endpoints[endpoint].Claimants is { Length: > 0 } all && endpoints.Brief(all[0]).Kind == EndpointKind.Service) claimants.KeepPort(book, protocol, port);
    }

    /// <summary>An endpoint that moves within one network (a virtual machine) is on the node where it last sent.</summary>
    private void KeepPlace(Claimants claimants, Address address)
    {
        if (claimants.Count > 1 && claimants.CommonNetwork() is >= 0 and int network) claimants.KeepOnly(memory.Place(address, network));
    }

    private int Chosen(Claimants claimants, int common, int node)
    {
        int chosen = claimants.Count == 1 ? claimants.Left[0] : common;
        return node >= 0 && endpoints.Brief(chosen).Shared && MayBeAnywhere(claimants) ? Placed(chosen, node) : chosen;
    }

    private bool MayBeAnywhere(Claimants claimants)
    {
        foreach (int claimant in claimants.Left)
            if (endpoints.Brief(claimant).Shared) return true;
        return false;
    }

    /// <summary>The same endpoint on a node; made once per node.</summary>
    private int Placed(int endpoint, int node)
    {
        ulong key = (ulong)(uint)endpoint << 32 | (uint)node;
        return placed.TryFind(0, key, out int known) ? known : Place(endpoint, node, key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Place(int endpoint, int node, ulong key)
    {
        FlowEndpoint where = endpoints[endpoint];
        Node named = names.Nodes[node];
        int id = endpoints.Intern(where with
        {
            Name = where.Kind == EndpointKind.Pod ? where.Name : where.Kind == EndpointKind.Unknown ? null : named.Name,
            NodeName = named.Name,
            Zone = named.Zone,
            Region = named.Region,
            HostNode = node,
            Node = -1,
            Claimants = null,
        }).Id;
        placed.TryAdd(0, key, id);
        return id;
    }

    /// <summary>Stores the port and tunnel of a sample with certain endpoints, and the node of the owner of a shared address.</summary>
    private void Learn(in Flow record, bool sources)
    {
        ref readonly EndpointSummary from = ref endpoints.Brief(record.SourceEndpoint);
        ref readonly EndpointSummary to = ref endpoints.Brief(record.DestinationEndpoint);
        if (record.Has(PacketFacts.TunnelIngress))
        {
            if (!from.Shared && !to.Shared && from.Kind == EndpointKind.Pod && to.Kind == EndpointKind.Pod
                && endpoints[record.SourceEndpoint].NetworkId == endpoints[record.DestinationEndpoint].NetworkId)
                memory.RememberTunnel(record.TunnelVni, endpoints[record.SourceEndpoint].NetworkId);
        }
        else if (!from.Shared && from.HostNode >= 0 && record.ObserverNode >= 0 && HasPort(record))
            memory.RememberPort(record.Agent, record.InputValue, from.HostNode == record.ObserverNode ? record.SourceEndpoint : SampleMemory.Uplink);
        if (sources && !from.Shared && from.Kind == EndpointKind.Pod) memory.RememberPlace(record.Source, endpoints[record.SourceEndpoint].NetworkId, record.SourceEndpoint);
    }
}
