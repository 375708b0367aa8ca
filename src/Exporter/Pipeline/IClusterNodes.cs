namespace SFlow.Exporter.Pipeline;

/// <summary>The nodes of the cluster, to distinguish their agents from unknown senders. Read without a lock.</summary>
internal interface IClusterNodes
{
    /// <summary>Known nodes; 0 without a cluster.</summary>
    int Count { get; }

    /// <summary>The node that owns the address, or null.</summary>
    Node? Find(Address address);
}
