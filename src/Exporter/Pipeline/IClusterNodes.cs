namespace SFlow.Exporter.Pipeline;

/// <summary>The nodes of the cluster, to distinguish their agents from unknown senders. Read without a lock.</summary>
internal interface IClusterNodes
{
    /// <summary>Known nodes; 0 without a cluster.</summary>
    int Count { get; }

    /// <summary>The node that owns the address, or null.</summary>
    Node? Find(Address address);

    /// <summary>From now on, calls <paramref name="changed"/> after nodes or their addresses changed, one call at a time.</summary>
    void Watch(Action changed);
}
