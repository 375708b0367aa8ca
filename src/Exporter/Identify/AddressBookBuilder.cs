using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Makes a <see cref="AddressBook"/> of Kubernetes objects, wherever they come from.</summary>
internal sealed class AddressBookBuilder(Names names, IdentifyOptions options, TimeProvider time)
{
    private readonly FlatTable addresses = new(1024);
    private readonly List<(Prefix, int)> prefixes = [];
    private readonly HashSet<Address> ambiguous = [];
    private int bad;

    /// <summary>Builds a book; objects of kinds that it does not know are passed over.</summary>
    public static AddressBook Build(IReadOnlyList<KubernetesObject> objects, Names names, IdentifyOptions options, TimeProvider time) =>
        new AddressBookBuilder(names, options, time).Build(objects);

    private AddressBook Build(IReadOnlyList<KubernetesObject> objects)
    {
        ILookup<string, KubernetesObject> byKind = objects.ToLookup(item => item.Kind ?? "");
        OwnerIndex owners = new(byKind["ReplicaSet"].Concat(byKind["Job"]));
        Dictionary<string, Node> nodes = byKind["Node"].ToDictionary(node => node.Metadata.Name, Intern, StringComparer.Ordinal);

        foreach (KubernetesObject pod in byKind["Pod"]) AddPod(pod, owners, nodes);
        foreach (KubernetesObject node in byKind["Node"]) AddNode(node, nodes[node.Metadata.Name]);
        foreach (KubernetesObject service in byKind["Service"]) AddService(service);
        foreach ((Prefix prefix, Endpoint endpoint) in ReservedNetworks.All(options)) prefixes.Add((prefix, names.Endpoints.Intern(endpoint).Id));

        PrefixTable networks = PrefixTable.From(prefixes);
        foreach (string text in byKind["EndpointSlice"].SelectMany(slice => slice.Endpoints ?? []).SelectMany(end => end.Addresses ?? []))
            AddOutsideEnd(text, networks);
        PortIndex ports = new(names.Services, address => addresses.TryFind(address.High, address.Low, out int endpoint) ? endpoint : -1);
        ports.AddServices(byKind["Service"]);
        ports.AddSlices(byKind["EndpointSlice"], byKind["Service"]);
        ports.AddContainers(byKind["Pod"]);

        AddressBookFacts facts = new(nodes.Count, byKind["Pod"].Count(), byKind["Service"].Count(), addresses.Count, ambiguous.Count, bad);
        return new AddressBook(addresses, networks, ports.Table, ports.Shared, facts);
    }

    private Node Intern(KubernetesObject node) =>
        names.Nodes.Intern(node.Metadata.Name, node.Metadata.Labels?.GetValueOrDefault("topology.kubernetes.io/zone"), time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000);

    private void AddPod(KubernetesObject pod, OwnerIndex owners, Dictionary<string, Node> nodes)
    {
        // A hostNetwork pod has its node's address, and a finished pod's address may already be somebody else's.
        if (pod.Spec.HostNetwork || pod.Status.Phase is "Succeeded" or "Failed") return;
        Node? home = pod.Spec.NodeName is string name ? nodes.GetValueOrDefault(name) : null;
        (string kind, string owner) = owners.TopOwner(pod);
        Endpoint endpoint = names.Endpoints.Intern(new Endpoint
        {
            Kind = EndpointKind.Pod,
            Label = pod.Metadata.Namespace,
            Namespace = pod.Metadata.Namespace,
            Name = pod.Metadata.Name,
            OwnerKind = kind,
            OwnerName = owner,
            NodeName = pod.Spec.NodeName,
            Zone = home?.Zone,
            HomeNode = home?.Id ?? -1,
        });
        foreach (Address address in Parse(pod.Status.PodIPs?.Select(entry => entry.Ip) ?? [pod.Status.PodIP])) AddPodAddress(address, endpoint);
    }

    /// <summary>Two live pods with one address (user-defined networks overlap): nobody can say whose a packet is.</summary>
    private void AddPodAddress(Address address, Endpoint endpoint)
    {
        if (addresses.TryAdd(address.High, address.Low, endpoint.Id)) return;
        if (addresses.TryFind(address.High, address.Low, out int other) && other == endpoint.Id) return;
        ambiguous.Add(address);
        addresses.Set(address.High, address.Low, 0);
    }

    private void AddNode(KubernetesObject item, Node node)
    {
        Endpoint facts = new()
        {
            Kind = EndpointKind.Node,
            Label = Words.Node,
            Name = node.Name,
            NodeName = node.Name,
            Zone = node.Zone,
            Node = node.Id,
        };
        int itself = names.Endpoints.Intern(facts).Id;
        int management = names.Endpoints.Intern(facts with { HomeNode = node.Id }).Id;
        int port = names.Endpoints.Intern(facts with { Kind = EndpointKind.Ovn, Label = Words.Ovn, Node = -1 }).Id;
        int lost = names.Endpoints.Intern(facts with { Kind = EndpointKind.Unknown, Label = Words.Unknown, Name = null, Node = -1 }).Id;

        NodeAddresses places = NodeAddresses.Of(item, ref bad);
        foreach (Prefix subnet in places.Subnets)
        {
            Add(subnet.At(2), management);
            Add(subnet.At(1), port);
            prefixes.Add((subnet, lost));
        }
        foreach (Address address in places.OfNode) Add(address, itself);
        foreach (Address address in places.OfOvn) Add(address, port);
    }

    private void AddService(KubernetesObject service)
    {
        int endpoint = names.Endpoints.Intern(new Endpoint
        {
            Kind = EndpointKind.Service,
            Label = service.Metadata.Namespace,
            Namespace = service.Metadata.Namespace,
            Name = service.Metadata.Name,
            OwnerKind = "Service",
            OwnerName = service.Metadata.Name,
        }).Id;
        foreach (Address address in Parse(ServiceAddresses.Of(service))) Add(address, endpoint);
    }

    /// <summary>An end of a Service that is neither pod nor node (an API server, a database outside): known by what its network is.</summary>
    private void AddOutsideEnd(string text, PrefixTable networks)
    {
        foreach (Address address in Parse([text]))
        {
            if (addresses.TryFind(address.High, address.Low, out _)) continue;
            Endpoint network = names.Endpoints[networks.Find(address)];
            Add(address, names.Endpoints.Intern(network with { Id = 0, LabelId = 0, Name = address.ToString() }).Id);
        }
    }

    private void Add(Address address, int endpoint) => addresses.TryAdd(address.High, address.Low, endpoint);

    private IEnumerable<Address> Parse(IEnumerable<string?> texts)
    {
        foreach (string? text in texts)
        {
            if (string.IsNullOrEmpty(text) || text == "None") continue;
            if (Address.TryParse(text, out Address address)) yield return address;
            else bad++;
        }
    }
}
