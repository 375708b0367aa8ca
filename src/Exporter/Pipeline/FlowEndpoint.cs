namespace SFlow.Exporter.Pipeline;

/// <summary>What an address belongs to.</summary>
internal enum EndpointKind : byte { Unknown, Pod, Service, Node, Ovn, Multicast, Link, NamedNetwork, Private, Internet }

/// <summary>Who an address is: immutable, made once when the inventory names it; records hold its id.</summary>
internal sealed record FlowEndpoint
{
    /// <summary>Index in <see cref="EndpointRegistry"/>.</summary>
    public int Id { get; init; }
    public required EndpointKind Kind { get; init; }

    /// <summary>Label value of <c>source_namespace</c> and <c>destination_namespace</c>: a namespace, or a word that starts with @.</summary>
    public required string Label { get; init; }

    /// <summary>Index of <see cref="Label"/> in <c>Labels.Namespaces</c>.</summary>
    public int LabelId { get; init; }

    public string? Namespace { get; init; }
    /// <summary>Name of the pod, Service or node.</summary>
    public string? Name { get; init; }
    /// <summary>Top owner: Deployment rather than ReplicaSet, CronJob rather than Job; the object itself when nothing owns it.</summary>
    public string? OwnerKind { get; init; }
    public string? OwnerName { get; init; }
    public string? NodeName { get; init; }
    /// <summary>Zone and region of the node, by its labels.</summary>
    public string? Zone { get; init; }
    public string? Region { get; init; }

    /// <summary>Node whose agent samples what this address sends, an index into <see cref="NodeRegistry"/>; -1 when there is none.</summary>
    public int HostNode { get; init; } = -1;

    /// <summary>Node that has this address itself (node address, mp0), an index into <see cref="NodeRegistry"/>; else -1.</summary>
    public int Node { get; init; } = -1;

    /// <summary>The user-defined network on which the address is, by OVN-Kubernetes' name for it; null for the cluster's default network and for all that is in none.</summary>
    public string? Network { get; init; }

    /// <summary>Index of <see cref="Network"/> in <c>Registries.Networks</c>; 0 is the cluster's default network.</summary>
    public int NetworkId { get; init; }

    /// <summary>
    /// Ids of the endpoints that have the address, in ascending order, where there are several: this endpoint then says what they have in common.
    /// Empty for an address that may be on any node (a layer-2 network spans all of them); null for the usual address, which one endpoint has.
    /// </summary>
    public int[]? Claimants { get; init; }

    /// <summary>Kubernetes kind in ECS' words (Pod, Service, Node), or null for what Kubernetes does not know.</summary>
    public string? KubernetesKind => Kind switch
    {
        EndpointKind.Pod => "Pod",
        EndpointKind.Service => "Service",
        EndpointKind.Node => "Node",
        _ => null,
    };
}

/// <summary>The numbers of an <see cref="FlowEndpoint"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Shared">True where <see cref="FlowEndpoint.Claimants"/> is not null: only the sample itself can say more.</param>
/// <param name="LabelId">Index of its label.</param>
/// <param name="HostNode">Node whose agent samples what it sends, or -1.</param>
/// <param name="Node">Node that has the address itself, or -1.</param>
internal readonly record struct EndpointSummary(EndpointKind Kind, bool Shared, int LabelId, int HostNode, int Node)
{
    /// <summary>Node on which the endpoint is, or -1 when that is not known.</summary>
    public int Location => HostNode >= 0 ? HostNode : Node;
}
