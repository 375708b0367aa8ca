using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Definitions of networks, for one kind of objects: their names, the subnets that span all nodes, and OVN's own addresses in them.</summary>
internal sealed class NetworkIndex(AddressClaims addresses, NetworkNames networkNames, Registries names) : KindIndex<NetworkResource, bool>
{
    /// <summary>Whether subnets differ from those of the last <see cref="Networks"/>.</summary>
    public bool NetworksChanged { get; private set; }

    /// <summary>The subnets that span all nodes, with the endpoint for addresses without a pod.</summary>
    public IReadOnlyList<NetworkEntry> Networks()
    {
        NetworksChanged = false;
        List<NetworkEntry> entries = [];
        foreach (NetworkResource network in All.Cast<NetworkResource>())
        {
            foreach (Prefix subnet in network.Subnets)
                entries.Add(new NetworkEntry(subnet, network.Name, Id(Anywhere(network) with { Kind = EndpointKind.Unknown, Label = ReservedLabels.Unknown })));
            foreach (Prefix subnet in network.Inner) entries.Add(new NetworkEntry(subnet, null, Id(new FlowEndpoint { Kind = EndpointKind.Ovn, Label = ReservedLabels.Ovn })));
        }
        return entries;
    }

    /// <summary>Networks by tunnel id.</summary>
    public IEnumerable<(uint Id, string Network)> TunnelIds() =>
        All.Cast<NetworkResource>().Where(network => network.Name is not null).SelectMany(network => network.TunnelIds.Select(id => (id, network.Name!)));

    protected override bool Claim(NetworkResource facts)
    {
        foreach ((Address address, ClaimRank rank, int endpoint) in Claims(facts)) addresses.Add(address, rank, endpoint);
        return true;
    }

    protected override void Release(NetworkResource facts, bool place, NetworkResource? successor)
    {
        foreach ((Address address, ClaimRank rank, int endpoint) in Claims(facts)) addresses.Remove(address, rank, endpoint);
    }

    protected override void Changed(NetworkResource? before, NetworkResource? after)
    {
        NetworksChanged |= before?.Name != after?.Name || !(before?.Subnets ?? default).Equals(after?.Subnets ?? default) || !(before?.Inner ?? default).Equals(after?.Inner ?? default);
        networkNames.Know(after?.Name, 1);
        networkNames.Know(before?.Name, -1);
        if ((after ?? before) is not { Kind: "NetworkAttachmentDefinition" } attachment) return;
        if (after?.Name is { } name) networkNames.Define(attachment.Key.ToString(), name);
        else networkNames.Forget(attachment.Key.ToString());
    }

    /// <summary>In a primary layer-2 network, the first address of the subnet is the gateway, and the second one belongs to each node.</summary>
    private IEnumerable<(Address, ClaimRank, int)> Claims(NetworkResource network)
    {
        if (network is not { Primary: true, Topology: NetworkTopology.Layer2 }) yield break;
        foreach (Prefix subnet in network.Subnets.AsEnumerable())
        {
            yield return (subnet.At(1), ClaimRank.Gateway, Id(Anywhere(network)));
            yield return (subnet.At(2), ClaimRank.Management, Id(Anywhere(network) with { Kind = EndpointKind.Node, Label = ReservedLabels.Node }));
        }
    }

    /// <summary>An address of the network that may be on any node.</summary>
    private static FlowEndpoint Anywhere(NetworkResource network) => new() { Kind = EndpointKind.Ovn, Label = ReservedLabels.Ovn, Network = network.Name, Claimants = [] };

    private int Id(FlowEndpoint facts) => names.Endpoints.Intern(facts).Id;
}
