using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>The nodes of the current address book.</summary>
internal sealed class ClusterNodes(AddressBookHolder book, Registries names) : IClusterNodes
{
    public int Count => book.Current.Facts.Nodes;

    public void Watch(Action changed) => book.Watch(changed);

    /// <summary>Any address of a node will do: the agent of a new node may change its address. If networks overlap, agents are on the default network.</summary>
    public Node? Find(Address address)
    {
        FlowEndpoint found = names.Endpoints[book.Current.Find(address)];
        foreach (int claimant in found.Claimants ?? [])
            if (names.Endpoints[claimant] is { Network: null, Node: >= 0 } node) return names.Nodes[node.Node];
        return found.Node >= 0 ? names.Nodes[found.Node] : null;
    }
}
