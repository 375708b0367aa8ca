using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>
/// The objects of the cluster and the resulting <see cref="AddressBook"/>. Objects arrive in any order and from any source. A change becomes
/// visible with the next <see cref="Publish"/>. A lock serialises callers.
/// </summary>
internal sealed class ClusterIndex
{
    private static readonly string[] DefinitionKinds = ["NetworkAttachmentDefinition", "UserDefinedNetwork", "ClusterUserDefinedNetwork"];

    private readonly Lock gate = new();
    private readonly Registries names;
    private readonly TimeProvider time;
    private readonly AddressClaims addresses;
    private readonly PortClaims ports;
    private readonly AddressHistory former;
    private readonly HashSet<Owner> changedOwners = [];
    private readonly NetworkNames networkNames = new();
    private readonly NetworkIndex[] definitions;
    private readonly SharedEndpoints shared;
    private readonly NodeIndex nodes;
    private readonly PodIndex pods;
    private readonly ServiceIndex services;
    private readonly SliceIndex slices;
    private readonly NamespaceIndex namespaces = new();
    private readonly Dictionary<string, IKindIndex> kinds;
    private readonly IReadOnlyList<(Prefix Prefix, int Endpoint, string What)> reserved;
    private PrefixTable networks = PrefixTable.From([]);
    private bool sharedNetworks;

    public ClusterIndex(Registries names, IdentifyOptions options, KubernetesOptions kubernetes, TimeProvider time)
    {
        (this.names, this.time) = (names, time);
        ports = new PortClaims(names);
        addresses = new AddressClaims(names.Endpoints, ports);
        former = new AddressHistory(kubernetes, addresses, time);
        shared = new SharedEndpoints(names.Endpoints);
        definitions = [.. Enumerable.Range(0, DefinitionKinds.Length).Select(_ => new NetworkIndex(addresses, networkNames, names))];
        nodes = new NodeIndex(addresses, networkNames, names, time);
        services = new ServiceIndex(addresses, ports, former, names, time);
        slices = new SliceIndex(addresses, ports, services, networkNames);
        OwnerIndex replicaSets = new(changedOwners), jobs = new(changedOwners);
        pods = new PodIndex(addresses, nodes, networkNames, (kind, key) => (kind switch { "ReplicaSet" => replicaSets, "Job" => jobs, _ => null })?.Find(key)?.Controller, former, names, time);
        kinds = new(StringComparer.Ordinal)
        {
            ["Node"] = nodes, ["ReplicaSet"] = replicaSets, ["Job"] = jobs, ["Service"] = services, ["EndpointSlice"] = slices, ["Pod"] = pods,
            ["Namespace"] = namespaces,
        };
        for (int kind = 0; kind < DefinitionKinds.Length; kind++) kinds.Add(DefinitionKinds[kind], definitions[kind]);
        reserved = [.. ReservedNetworks.All(options).Select(entry => (entry.Prefix, names.Endpoints.Intern(entry.Endpoint).Id, entry.What))];
    }

    /// <summary>Objects of a kind.</summary>
    public int Count(string kind)
    {
        lock (gate) return kinds[kind].Count;
    }

    /// <summary>Addresses with a remembered previous owner.</summary>
    public int Former
    {
        get { lock (gate) return former.Count; }
    }

    public void Put(ObjectResource facts)
    {
        lock (gate) kinds[KindOf(facts)].Put(facts);
    }

    public void Remove(string kind, ObjectKey key)
    {
        lock (gate) kinds[kind].Remove(key);
    }

    /// <summary>Replaces all objects of a kind.</summary>
    public void Replace(string kind, IReadOnlyCollection<ObjectResource> all)
    {
        lock (gate)
        {
            IKindIndex index = kinds[kind];
            HashSet<ObjectKey> kept = [.. all.Select(facts => facts.Key)];
            foreach (ObjectResource facts in all) index.Put(facts);
            if (index.Count == kept.Count) return;
            foreach (ObjectKey key in index.All.Select(facts => facts.Key).Where(key => !kept.Contains(key)).ToArray()) index.Remove(key);
        }
    }

    /// <summary>Replaces all objects of every kind.</summary>
    public void Replace(IEnumerable<KubernetesObject> objects)
    {
        ResourceReader reader = new();
        ILookup<string, ObjectResource> byKind = objects.Select(reader.Read).OfType<ObjectResource>().ToLookup(KindOf);
        lock (gate)
            foreach (string kind in kinds.Keys) Replace(kind, [.. byKind[kind]]);
    }

    /// <summary>Builds the book of the current objects.</summary>
    /// <param name="skipped">Entries of the source that are not objects.</param>
    public AddressBook Publish(int skipped = 0)
    {
        lock (gate)
        {
            former.Expire();
            pods.Settle(nodes.TakeChanged(), changedOwners);
            slices.Settle(services.TakeChanged());
            if (nodes.NetworksChanged || Array.Exists(definitions, definition => definition.NetworksChanged))
            {
                IReadOnlyList<(Prefix, int)> entries = NetworkOverlaps.Resolve([.. nodes.Networks(), .. definitions.SelectMany(definition => definition.Networks())], shared.Of);
                sharedNetworks = entries.Any(entry => names.Endpoints[entry.Item2].Claimants is not null);
                networks = PrefixTable.From([.. entries, .. reserved.Select(entry => (entry.Prefix, entry.Endpoint))]);
                addresses.TouchEnds();
            }
            addresses.Settle(networks);
            AddressBookStats facts = new(nodes.Count, pods.Count, services.Count, addresses.Held, addresses.Ambiguous, kinds.Values.Sum(kind => kind.Bad) + skipped);
            bool anyShared = sharedNetworks || addresses.Shared > 0;
            return new AddressBook(addresses.Publish(networks), ports.Publish(), anyShared ? TunnelIds() : null, facts);
        }
    }

    /// <summary>Explains what an address is, or was at a given time, with the evidence.</summary>
    public Explanation Explain(Address address, DateTimeOffset? at)
    {
        lock (gate)
            return new AddressExplainer(
                pods.All.Cast<PodResource>(), nodes.All.Cast<NodeResource>(), definitions.SelectMany(definition => definition.All).Cast<NetworkResource>(), services.All.Cast<ServiceResource>(), slices.All.Cast<SliceResource>(), namespaces,
                former.Of(address), reserved.Select(entry => (entry.Prefix, entry.What)), names.Endpoints, networkNames).Explain(address, at, time.GetUtcNow());
    }

    /// <summary>Networks by the tunnel ids that result from their numbers.</summary>
    private FlatTable TunnelIds()
    {
        FlatTable table = new();
        foreach (NetworkNumber network in nodes.Numbers()) table.TryAdd(0, NetworkNames.TunnelId(network.Number), network.Network is null ? 0 : names.Networks.Intern(network.Network));
        foreach ((uint id, string network) in definitions.SelectMany(definition => definition.TunnelIds())) table.TryAdd(0, id, names.Networks.Intern(network));
        return table;
    }

    private static string KindOf(ObjectResource facts) => facts switch
    {
        NetworkResource network => network.Kind,
        PodResource => "Pod",
        NodeResource => "Node",
        ServiceResource => "Service",
        SliceResource => "EndpointSlice",
        NamespaceResource => "Namespace",
        OwnerResource owner => owner.Kind,
        _ => throw new ArgumentException($"{facts.GetType().Name} has no index", nameof(facts)),
    };
}
