using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Nodes: their addresses, mp0 and the router's port in each pod subnet, and their ports on OVN's inner networks.</summary>
internal sealed class NodeIndex(AddressClaims addresses, NetworkNames networkNames, Registries names, TimeProvider time) : KindIndex<NodeResource, NodeIndex.Roles>
{
    /// <summary>The endpoints that one node is.</summary>
    /// <param name="Node">Index into the registry of nodes.</param>
    /// <param name="Itself">For its own addresses.</param>
    /// <param name="Management">For ovn-k8s-mp0.</param>
    /// <param name="Port">For its ports on OVN's networks.</param>
    /// <param name="Lost">For addresses of its pod subnet without a known pod.</param>
    internal readonly record struct Roles(int Node, int Itself, int Management, int Port, int Lost);

    private readonly SteadyClock clock = new(time);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    /// <summary>Whether pod subnets differ from those of the last <see cref="Networks"/>.</summary>
    public bool NetworksChanged { get; private set; } = true;

    /// <summary>Names of the nodes that were added, deleted or changed since the last call.</summary>
    public HashSet<string>? TakeChanged()
    {
        if (changed.Count == 0) return null;
        HashSet<string> taken = new(changed, StringComparer.Ordinal);
        changed.Clear();
        return taken;
    }

    /// <summary>The pod subnets, with the endpoint for addresses without a pod.</summary>
    public IReadOnlyList<NetworkEntry> Networks()
    {
        NetworksChanged = false;
        List<NetworkEntry> entries = [];
        foreach (NodeResource node in All.Cast<NodeResource>())
        {
            Roles roles = Of(node);
            foreach (NodeSubnet subnet in node.Subnets) entries.Add(new NetworkEntry(subnet.Prefix, subnet.Network, On(subnet.Network, roles.Lost)));
        }
        return entries;
    }

    /// <summary>Networks by their numbers in nodes.</summary>
    public IEnumerable<NetworkNumber> Numbers() => All.Cast<NodeResource>().SelectMany(node => node.Networks).Distinct();

    public (int Id, NodeResource Facts)? Find(string name) => Find(new ObjectKey("", name)) is { } facts ? (Intern(facts), facts) : null;

    protected override Roles Claim(NodeResource facts)
    {
        Roles roles = Of(facts);
        foreach ((Address address, ClaimRank rank, int endpoint) in Claims(facts, roles)) addresses.Add(address, rank, endpoint);
        return roles;
    }

    protected override void Release(NodeResource facts, Roles place, NodeResource? successor)
    {
        foreach ((Address address, ClaimRank rank, int endpoint) in Claims(facts, place)) addresses.Remove(address, rank, endpoint);
    }

    protected override void Changed(NodeResource? before, NodeResource? after)
    {
        if (before is null || after is null || before.Zone != after.Zone || before.Region != after.Region) changed.Add((after ?? before)!.Key.Name);
        foreach (NodeSubnet subnet in after?.Subnets ?? default) networkNames.Know(subnet.Network, 1);
        foreach (NetworkNumber network in after?.Networks ?? default) networkNames.Know(network.Network, 1);
        foreach (NodeSubnet subnet in before?.Subnets ?? default) networkNames.Know(subnet.Network, -1);
        foreach (NetworkNumber network in before?.Networks ?? default) networkNames.Know(network.Network, -1);
        Node node = names.Nodes[Intern(after ?? before!)];
        if (after is { HasOpenVSwitch: true }) node.Expect(Now);
        else node.Dismiss();
        NetworksChanged |= before?.Zone != after?.Zone || before?.Region != after?.Region || !(before?.Subnets ?? default).Equals(after?.Subnets ?? default);
    }

    private IEnumerable<(Address, ClaimRank, int)> Claims(NodeResource facts, Roles roles)
    {
        foreach (NodeSubnet subnet in facts.Subnets.AsEnumerable())
        {
            yield return (subnet.Prefix.At(2), ClaimRank.Management, On(subnet.Network, roles.Management));
            yield return (subnet.Prefix.At(1), ClaimRank.Gateway, On(subnet.Network, roles.Port));
        }
        foreach (NodeAddressFact entry in facts.Addresses.AsEnumerable())
            yield return entry.OfOvn ? (entry.Address, ClaimRank.OvnPort, roles.Port) : (entry.Address, ClaimRank.Node, roles.Itself);
    }

    /// <summary>Compared with the last datagram of the node's agent, so it uses the same clock.</summary>
    private long Now => clock.Now;

    private Roles Of(NodeResource node)
    {
        int id = Intern(node);
        FlowEndpoint itself = new() { Kind = EndpointKind.Node, Label = ReservedLabels.Node, Name = node.Key.Name, NodeName = node.Key.Name, Zone = node.Zone, Region = node.Region, Node = id };
        FlowEndpoint port = itself with { Kind = EndpointKind.Ovn, Label = ReservedLabels.Ovn, Node = -1 };
        // Every owner of an address in the subnet of a node is on that node, even if unknown. Its packets are sampled there first.
        FlowEndpoint lost = port with { Kind = EndpointKind.Unknown, Label = ReservedLabels.Unknown, Name = null, HostNode = id };
        return new Roles(id, Id(itself), Id(itself with { HostNode = id }), Id(port), Id(lost));
    }

    /// <summary>The same on a user-defined network.</summary>
    private int On(string? network, int endpoint) => network is null ? endpoint : Id(names.Endpoints[endpoint] with { Network = network });

    private int Id(FlowEndpoint facts) => names.Endpoints.Intern(facts).Id;

    private int Intern(NodeResource facts)
    {
        Node node = names.Nodes.Intern(facts.Key.Name, facts.Zone, Now);
        (node.Zone, node.Region) = (facts.Zone, facts.Region);
        return node.Id;
    }
}
