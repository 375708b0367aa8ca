using System.Globalization;
using SFlow.Exporter.Identify.Kubernetes;

namespace SFlow.Exporter.Identify.Resources;

/// <summary>Reads resources from Kubernetes objects of any source. One thread at a time.</summary>
internal sealed class ResourceReader
{
    private readonly RecentStrings strings = new();
    private readonly List<PodAddress> addresses = [];
    private readonly List<NamedPort> ports = [];
    private NamedPort[] lastPorts = [];
    private Owner lastOwner = new("", ""), lastPresumed = new("", "");
    private int bad;

    /// <summary>The resource of an object, or null for an irrelevant kind.</summary>
    public ObjectResource? Read(KubernetesObject item)
    {
        bad = item.Dropped;
        ObjectKey key = new(strings.Of(item.Metadata.Namespace), item.Metadata.Name);
        ObjectResource? facts = item.Kind switch
        {
            "Pod" => Pod(item, key),
            "Node" => Node(item, key),
            "Service" => Service(item, key),
            "EndpointSlice" => Slice(item, key),
            "Namespace" => Namespace(item, key),
            "NetworkAttachmentDefinition" or "UserDefinedNetwork" or "ClusterUserDefinedNetwork" => NetworkReader.Read(item, key, ref bad),
            "ReplicaSet" or "Job" => new OwnerResource(item.Kind, key, Controller(item)),
            _ => null,
        };
        return facts is null || bad == 0 ? facts : facts with { Bad = bad };
    }

    private PodResource Pod(KubernetesObject pod, ObjectKey key)
    {
        addresses.Clear();
        if (pod.Spec.HostNetwork) Add(pod.Status.HostIP);
        else if (pod.Status.PodIPs is { } list) foreach (AddressEntry entry in list) Add(entry.Ip);
        else Add(pod.Status.PodIP);
        if (!pod.Spec.HostNetwork) PodNetworks.Add(pod, addresses, strings, ref bad);

        Owner? controller = Controller(pod);
        if (controller?.Kind == "Node") controller = null;
        return new PodResource(key)
        {
            NodeName = pod.Spec.NodeName is { } node ? strings.Of(node) : null,
            Controller = controller,
            Presumed = Presumed(pod, controller),
            HostNetwork = pod.Spec.HostNetwork,
            Live = pod.Status.Phase is not ("Succeeded" or "Failed"),
            Addresses = ValueList<PodAddress>.From(addresses),
            Ports = Ports((pod.Spec.Containers ?? []).SelectMany(container => container.Ports ?? []), port => port.ContainerPort),
            Created = Time(pod.Metadata.CreationTimestamp),
        };
    }

    private NodeResource Node(KubernetesObject node, ObjectKey key)
    {
        NodeAddresses places = NodeAddresses.Of(node, ref bad);
        return new NodeResource(key)
        {
            Zone = Label(node, "topology.kubernetes.io/zone") ?? Label(node, "failure-domain.beta.kubernetes.io/zone"),
            Region = Label(node, "topology.kubernetes.io/region") ?? Label(node, "failure-domain.beta.kubernetes.io/region"),
            HasOpenVSwitch = Label(node, "kubernetes.io/os") != "windows",
            Subnets = ValueList<NodeSubnet>.From(places.Subnets),
            Networks = ValueList<NetworkNumber>.From(places.Networks),
            Addresses = ValueList<NodeAddressFact>.From(places.Addresses),
        };
    }

    private static NamespaceResource Namespace(KubernetesObject space, ObjectKey key) => new(key)
    {
        Created = Time(space.Metadata.CreationTimestamp),
        Deleted = Time(space.Metadata.DeletionTimestamp),
        DisplayName = Annotation(space, "openshift.io/display-name"),
        Requester = Annotation(space, "openshift.io/requester"),
    };

    private ServiceResource Service(KubernetesObject service, ObjectKey key)
    {
        List<ServiceAddress> found = [];
        foreach ((string text, string role) in ServiceAddresses.Of(service))
            if (Address.TryParse(text, out Address address)) found.Add(new ServiceAddress(address, role)); else bad++;
        return new ServiceResource(key)
        {
            Addresses = ValueList<ServiceAddress>.From(found.DistinctBy(entry => entry.Address)),
            Ports = Ports(service.Spec.Ports ?? [], port => port.Port, named: true),
        };
    }

    private SliceResource Slice(KubernetesObject slice, ObjectKey key)
    {
        List<SliceEnd> ends = [];
        foreach (SliceEndpoint end in slice.Endpoints ?? [])
            foreach (string text in end.Addresses ?? [])
                if (Address.TryParse(text, out Address address)) ends.Add(new SliceEnd(address)); else bad++;
        // OVN-Kubernetes mirrors a slice for the addresses of its pods on a user-defined network, with its own label.
        string? mirrored = Label(slice, "k8s.ovn.org/service-name"), network = "k8s.ovn.org/endpointslice-network";
        string? service = Label(slice, "kubernetes.io/service-name") ?? mirrored;
        network = mirrored is null ? null : slice.Metadata.Annotations?.GetValueOrDefault(network) ?? Label(slice, network);
        return new SliceResource(key, service is null ? null : strings.Of(service))
        {
            Network = string.IsNullOrEmpty(network) ? null : strings.Of(network),
            Ends = ValueList<SliceEnd>.From(ends),
            Ports = Ports(slice.Ports ?? [], port => port.Port, named: true),
        };
    }

    private static string? Label(KubernetesObject item, string key) => item.Metadata.Labels?.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    /// <summary>An annotation is free text of any length.</summary>
    private static string? Annotation(KubernetesObject item, string key) => item.Metadata.Annotations?.GetValueOrDefault(key) is { Length: > 0 } value ? KubernetesClientApi.Plain(value) : null;

    private Owner? Controller(KubernetesObject item)
    {
        foreach (OwnerReference owner in item.Metadata.OwnerReferences ?? [])
            if (owner is { Controller: true, Kind: not null, Name: not null }) return Of(owner.Kind, owner.Name, ref lastOwner);
        return null;
    }

    private Owner? Presumed(KubernetesObject pod, Owner? controller)
    {
        if (controller?.Kind == "ReplicationController" && Label(pod, "deploymentconfig") is { } config) return Of("DeploymentConfig", config, ref lastPresumed);
        if (controller?.Kind != "ReplicaSet" || pod.Metadata.Labels?.GetValueOrDefault("pod-template-hash") is not { Length: > 0 } hash) return controller;
        return controller.Name.EndsWith("-" + hash, StringComparison.Ordinal) ? Of("Deployment", controller.Name[..^(hash.Length + 1)], ref lastPresumed) : controller;
    }

    /// <summary>Pods of one owner usually follow each other.</summary>
    private Owner Of(string kind, string name, ref Owner last)
    {
        if (last.Name != name || last.Kind != kind) last = new Owner(strings.Of(kind), strings.Of(name));
        return last;
    }

    private ValueList<NamedPort> Ports(IEnumerable<PortEntry> entries, Func<PortEntry, int?> number, bool named = false)
    {
        ports.Clear();
        foreach (PortEntry entry in entries)
        {
            byte protocol = entry.Protocol switch { null or "TCP" => 6, "UDP" => 17, "SCTP" => 132, _ => 0 };
            // A port of a slice without a number means all ports.
            if (protocol == 0 || number(entry) is not (> 0 and <= ushort.MaxValue)) continue;
            ports.Add(new NamedPort(named ? strings.Of(entry.Name ?? "") : "", protocol, (ushort)number(entry)!, entry.NodePort is > 0 and <= ushort.MaxValue ? (ushort)entry.NodePort : (ushort)0));
        }
        if (!ports.SequenceEqual(lastPorts)) lastPorts = [.. ports];
        return new ValueList<NamedPort>(lastPorts);
    }

    private void Add(string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        if (Address.TryParse(text, out Address address)) addresses.Add(new PodAddress(address)); else bad++;
    }

    private static long Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time.ToUnixTimeSeconds() : 0;
}
