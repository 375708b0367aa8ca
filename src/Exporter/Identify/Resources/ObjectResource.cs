using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>Key of an object within its kind. The namespace is empty for nodes and for namespaces themselves.</summary>
internal readonly record struct ObjectKey(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}

/// <summary>The part of a Kubernetes object for names and addresses. A pod takes a few hundred bytes.</summary>
internal abstract record ObjectResource(ObjectKey Key)
{
    /// <summary>Texts that should be addresses but are not.</summary>
    public int Bad { get; init; }
}

/// <summary>An owner by kind and name.</summary>
internal sealed record Owner(string Kind, string Name);

/// <summary>A ReplicaSet or Job, between a pod and its workload.</summary>
internal sealed record OwnerResource(string Kind, ObjectKey Key, Owner? Controller) : ObjectResource(Key);

/// <summary>A namespace: its creation, and the annotations of OpenShift.</summary>
internal sealed record NamespaceResource(ObjectKey Key) : ObjectResource(Key)
{
    /// <summary>Creation, in seconds of Unix time; 0 if unknown.</summary>
    public long Created { get; init; }
    /// <summary>Time of the request to delete it, in seconds of Unix time; 0 without one. It exists until its content is deleted.</summary>
    public long Deleted { get; init; }
    /// <summary>Annotation <c>openshift.io/display-name</c>.</summary>
    public string? DisplayName { get; init; }
    /// <summary>Annotation <c>openshift.io/requester</c>: the user who requested the project.</summary>
    public string? Requester { get; init; }
}

/// <summary>A port by protocol number. <paramref name="Name"/> is empty if Kubernetes requires none.</summary>
internal readonly record struct NamedPort(string Name, byte Protocol, ushort Number, ushort NodePort = 0);

/// <summary>A pod.</summary>
internal sealed record PodResource(ObjectKey Key) : ObjectResource(Key)
{
    public string? NodeName { get; init; }
    public Owner? Controller { get; init; }
    /// <summary>
    /// The workload from the pod itself, without its ReplicaSet: the name of the ReplicaSet is NAME-HASH, and the hash is a label of the pod.
    /// OpenShift's DeploymentConfig is a label too.
    /// </summary>
    public Owner? Presumed { get; init; }
    /// <summary>Whether the pod uses the address of its node.</summary>
    public bool HostNetwork { get; init; }
    /// <summary>False once it has finished: another pod may have its address.</summary>
    public bool Live { get; init; }
    /// <summary>Its addresses on all its networks, or those of its host for a hostNetwork pod.</summary>
    public ValueList<PodAddress> Addresses { get; init; }
    /// <summary>Ports that its containers declare.</summary>
    public ValueList<NamedPort> Ports { get; init; }
    /// <summary>Creation, in seconds of Unix time; 0 if unknown.</summary>
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
    /// <summary>False for Windows nodes, which have no Open vSwitch of OVN-Kubernetes and export nothing.</summary>
    public bool HasOpenVSwitch { get; init; } = true;
    public ValueList<NodeSubnet> Subnets { get; init; }
    /// <summary>Numbers of networks, from annotation <c>k8s.ovn.org/network-ids</c>.</summary>
    public ValueList<NetworkNumber> Networks { get; init; }
    /// <summary>Its addresses, except those implied by its subnets.</summary>
    public ValueList<NodeAddressFact> Addresses { get; init; }
}

/// <summary>The pod subnet of a node in a network.</summary>
/// <param name="Prefix">The subnet.</param>
/// <param name="Network">Name of the network; null for the cluster's default network.</param>
internal readonly record struct NodeSubnet(Prefix Prefix, string? Network = null);

/// <summary>A network and its number, from which OVN-Kubernetes derives tunnel ids. The name is null for the default network.</summary>
internal readonly record struct NetworkNumber(string? Network, uint Number);

/// <summary>An address of a node and its source: <c>status.addresses</c>, or an annotation of OVN-Kubernetes.</summary>
internal readonly record struct NodeAddressFact(Address Address, bool OfOvn, string Source);

/// <summary>A port of a Service at an address.</summary>
internal readonly record struct ServiceAddress(Address Address, string Role);

/// <summary>A Service.</summary>
internal sealed record ServiceResource(ObjectKey Key) : ObjectResource(Key)
{
    public ValueList<ServiceAddress> Addresses { get; init; }
    public ValueList<NamedPort> Ports { get; init; }
}

/// <summary>
/// An endpoint of a Service, in any condition: one that is not ready gets no new connections, but still answers on existing ones.
/// </summary>
internal readonly record struct SliceEnd(Address Address);

/// <summary>An EndpointSlice.</summary>
internal sealed record SliceResource(ObjectKey Key, string? Service) : ObjectResource(Key)
{
    /// <summary>The user-defined network of its endpoints, if OVN-Kubernetes wrote the slice; otherwise null.</summary>
    public string? Network { get; init; }
    public ValueList<SliceEnd> Ends { get; init; }
    public ValueList<NamedPort> Ports { get; init; }
}
