namespace SFlow.Exporter.Pipeline;

/// <summary>What an address belongs to.</summary>
internal enum EndpointKind : byte { Unknown, Pod, Service, Node, Ovn, Multicast, Link, NamedNetwork, Private, Internet }

/// <summary>The owner of an address. Immutable and made once; records have its id.</summary>
internal sealed record FlowEndpoint
{
    /// <summary>Index in <see cref="EndpointRegistry"/>.</summary>
    public int Id { get; init; }
    public required EndpointKind Kind { get; init; }

    /// <summary>Label value of <c>source_namespace</c> and <c>destination_namespace</c>: a namespace, or a reserved value that starts with @.</summary>
    public required string Label { get; init; }

    /// <summary>Index of <see cref="Label"/> in <c>Labels.Namespaces</c>.</summary>
    public int LabelId { get; init; }

    public string? Namespace { get; init; }
    /// <summary>Name of the pod, Service or node.</summary>
    public string? Name { get; init; }
    /// <summary>Top owner: Deployment rather than ReplicaSet, CronJob rather than Job; the object itself without an owner.</summary>
    public string? OwnerKind { get; init; }
    public string? OwnerName { get; init; }
    public string? NodeName { get; init; }
    /// <summary>Zone and region of the node, by its labels.</summary>
    public string? Zone { get; init; }
    public string? Region { get; init; }

    /// <summary>Node whose agent samples the packets of this address, an index into <see cref="NodeRegistry"/>; -1 if there is none.</summary>
    public int HostNode { get; init; } = -1;

    /// <summary>Node that owns this address (node address, mp0), an index into <see cref="NodeRegistry"/>; otherwise -1.</summary>
    public int Node { get; init; } = -1;

    /// <summary>OVN-Kubernetes' name of the user-defined network of the address; null for the default network and outside of any.</summary>
    public string? Network { get; init; }

    /// <summary>Index of <see cref="Network"/> in <c>Registries.Networks</c>; 0 is the default network of the cluster.</summary>
    public int NetworkId { get; init; }

    /// <summary>
    /// Ids of all claimants of the address in ascending order, if there are several. This endpoint then has what they have in common. Empty for an
    /// address that may be on any node (a layer-2 network spans all nodes); null for the usual address of one endpoint.
    /// </summary>
    public int[]? Claimants { get; init; }

    /// <summary>Kubernetes kind as in ECS (Pod, Service, Node), or null for endpoints outside of Kubernetes.</summary>
    public string? KubernetesKind => Kind switch
    {
        EndpointKind.Pod => "Pod",
        EndpointKind.Service => "Service",
        EndpointKind.Node => "Node",
        _ => null,
    };
}

/// <summary>The numeric fields of a <see cref="FlowEndpoint"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Shared">Whether <see cref="FlowEndpoint.Claimants"/> is not null: then the sample decides.</param>
/// <param name="LabelId">Index of its label.</param>
/// <param name="HostNode">Node whose agent samples its packets, or -1.</param>
/// <param name="Node">Node that owns the address, or -1.</param>
internal readonly record struct EndpointSummary(EndpointKind Kind, bool Shared, int LabelId, int HostNode, int Node)
{
    /// <summary>Node of the endpoint, or -1 if unknown.</summary>
    public int Location => HostNode >= 0 ? HostNode : Node;
}
