using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>The nodes of the current address book.</summary>
internal sealed class ClusterNodes(AddressBookHolder book, Registries names) : IClusterNodes
{
    public int Count => book.Current.Facts.Nodes;

    public Node? Find(Address address) =>
        names.Endpoints[book.Current.Find(address)].Node is var node and >= 0 ? names.Nodes[node] : null;
}
