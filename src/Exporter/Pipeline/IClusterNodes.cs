namespace SFlow.Exporter.Pipeline;

/// <summary>The nodes of the cluster, for whoever has to tell its agents from strangers. Reading takes no lock.</summary>
internal interface IClusterNodes
{
    /// <summary>Nodes that are known; 0 while no cluster is.</summary>
    int Count { get; }

    /// <summary>The node that has the address as one of its own, or null.</summary>
    Node? Find(Address address);
}
