using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>How the parts of a network on the nodes are connected.</summary>
internal enum NetworkTopology : byte
{
    Unknown,
    /// <summary>A subnet for each node, with a router between them.</summary>
    Layer3,
    /// <summary>One switch that spans all nodes, through tunnels.</summary>
    Layer2,
    /// <summary>One switch that spans all nodes, through a physical network.</summary>
    Localnet,
}

/// <summary>A network besides the default one: a NetworkAttachmentDefinition, UserDefinedNetwork or ClusterUserDefinedNetwork.</summary>
internal sealed record NetworkResource(string Kind, ObjectKey Key) : ObjectResource(Key)
{
    /// <summary>OVN-Kubernetes' name of it; null for an object of another network plugin.</summary>
    public string? Name { get; init; }
    public NetworkTopology Topology { get; init; }
    /// <summary>Whether pods use it instead of the default network.</summary>
    public bool Primary { get; init; }
    /// <summary>Subnets that span all nodes; empty for layer 3, where each node has its own.</summary>
    public ValueList<Prefix> Subnets { get; init; }
    /// <summary>Subnets of OVN's own ports.</summary>
    public ValueList<Prefix> Inner { get; init; }
    /// <summary>Tunnel ids in the object.</summary>
    public ValueList<uint> TunnelIds { get; init; }
}
