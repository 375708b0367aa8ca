using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>What tells two objects of one kind apart; the namespace is empty for nodes and for namespaces themselves.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}

/// <summary>What names and addresses need of one Kubernetes object, and no more: a pod takes a few hundred bytes.</summary>
internal abstract record ObjectResource(ObjectKey Key)
{
    /// <summary>Texts where an address should stand and none did.</summary>
    public int Bad { get; init; }
}

/// <summary>An owner by kind and name.</summary>
internal sealed record Owner(string Kind, string Name);

/// <summary>A ReplicaSet or Job, which stands between a pod and the workload that people know.</summary>
internal sealed record OwnerResource(string Kind, ObjectKey Key, Owner? Controller) : ObjectResource(Key);

/// <summary>A namespace: since when it exists, and what OpenShift writes on it.</summary>
internal sealed record NamespaceResource(ObjectKey Key) : ObjectResource(Key)
{
    /// <summary>Creation, in seconds of Unix time; 0 when it is not told.</summary>
    public long Created { get; init; }
    /// <summary>When its deletion was asked for, in seconds of Unix time; 0 when it was not. It exists until all that is in it is gone.</summary>
    public long Deleted { get; init; }
    /// <summary>Annotation <c>openshift.io/display-name</c>.</summary>
    public string? DisplayName { get; init; }
    /// <summary>Annotation <c>openshift.io/requester</c>: the user who asked for the project.</summary>
    public string? Requester { get; init; }
}

/// <summary>A port by protocol number; <paramref name="Name"/> is empty where Kubernetes wants none.</summary>
internal readonly record struct NamedPort(string Name, byte Protocol, ushort Number, ushort NodePort = 0);

/// <summary>A pod.</summary>
internal sealed record PodResource(ObjectKey Key) : ObjectResource(Key)
{
    public string? NodeName { get; init; }
    public Owner? Controller { get; init; }
    /// <summary>
    /// The workload that the pod tells, for want of its ReplicaSet: the ReplicaSet is called NAME-HASH, the hash being a label of the pod. OpenShift's
    /// DeploymentConfig is a label too.
    /// </summary>
    public Owner? Presumed { get; init; }
    /// <summary>A hostNetwork pod has its node's address, which is not its own.</summary>
    public bool HostNetwork { get; init; }
    /// <summary>False once it has finished: its address may already be somebody else's.</summary>
    public bool Live { get; init; }
    /// <summary>Its own addresses on all its networks, or its host's for a hostNetwork pod.</summary>
    public ValueList<PodAddress> Addresses { get; init; }
    /// <summary>Ports that its containers declare.</summary>
    public ValueList<NamedPort> Ports { get; init; }
    /// <summary>Creation, in seconds of Unix time; 0 when it is not told.</summary>
    public long Created { get; init; }
}

/// <summary>An address of a pod.</summary>
/// <param name="Address">The address.</param>
/// <param name="Network">Key of the network in annotation <c>k8s.ovn.org/pod-networks</c>; null for the cluster's default network.</param>
internal readonly record struct PodAddress(Address Address, string? Network = null);

/// <summary>A node.</summary>
internal sealed record NodeResource(ObjectKey Key) : ObjectResource(Key)
{
    public string? Zone { get; init; }
    public string? Region { get; init; }
    /// <summary>False for Windows nodes, which reach the others by other means and export nothing.</summary>
    public bool HasOpenVSwitch { get; init; } = true;
    public ValueList<NodeSubnet> Subnets { get; init; }
    /// <summary>Numbers of networks, by annotation <c>k8s.ovn.org/network-ids</c>.</summary>
    public ValueList<NetworkNumber> Networks { get; init; }
    /// <summary>Its addresses, but those that its subnets imply.</summary>
    public ValueList<NodeAddressFact> Addresses { get; init; }
}

/// <summary>The pod subnet that a node has of a network.</summary>
/// <param name="Prefix">The subnet.</param>
/// <param name="Network">Name of the network; null for the cluster's default network.</param>
internal readonly record struct NodeSubnet(Prefix Prefix, string? Network = null);

/// <summary>A network and its number, from which OVN-Kubernetes derives tunnel ids; the name is null for the cluster's default network.</summary>
internal readonly record struct NetworkNumber(string? Network, uint Number);

/// <summary>An address of a node and where it is written: <c>status.addresses</c>, or an annotation of OVN-Kubernetes.</summary>
internal readonly record struct NodeAddressFact(Address Address, bool OfOvn, string Source);

/// <summary>How a Service can be called at an address.</summary>
internal readonly record struct ServiceAddress(Address Address, string Role);

/// <summary>A Service.</summary>
internal sealed record ServiceResource(ObjectKey Key) : ObjectResource(Key)
{
    public ValueList<ServiceAddress> Addresses { get; init; }
    public ValueList<NamedPort> Ports { get; init; }
}

/// <summary>
/// An end of a Service, whatever its conditions: one that is not ready gets no new connections, but answers on those that it has.
/// </summary>
internal readonly record struct SliceEnd(Address Address);

/// <summary>An EndpointSlice.</summary>
internal sealed record SliceResource(ObjectKey Key, string? Service) : ObjectResource(Key)
{
    /// <summary>The user-defined network of its ends, where OVN-Kubernetes wrote the slice; null where Kubernetes did.</summary>
    public string? Network { get; init; }
    public ValueList<SliceEnd> Ends { get; init; }
    public ValueList<NamedPort> Ports { get; init; }
}
