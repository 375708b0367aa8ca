using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Facts;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>
/// What is known of the cluster, object by object, and the <see cref="AddressBook"/> that follows from it. Objects come in any order and from
/// any source; nobody sees a change before the next <see cref="Publish"/>. One caller at a time, held by a lock.
/// </summary>
internal sealed class ClusterIndex
{
    private readonly Lock gate = new();
    private readonly Names names;
    private readonly TimeProvider time;
    private readonly AddressClaims addresses;
    private readonly PortClaims ports;
    private readonly FormerOwners former;
    private readonly HashSet<Owner> changedOwners = [];
    private readonly NodeIndex nodes;
    private readonly PodIndex pods;
    private readonly ServiceIndex services;
    private readonly SliceIndex slices;
    private readonly NamespaceIndex namespaces = new();
    private readonly Dictionary<string, IKindIndex> kinds;
    private readonly IReadOnlyList<(Prefix Prefix, int Endpoint, string What)> reserved;
    private PrefixTable networks = PrefixTable.From([]);

    public ClusterIndex(Names names, IdentifyOptions options, KubernetesOptions kubernetes, TimeProvider time)
    {
        (this.names, this.time) = (names, time);
        ports = new PortClaims(names);
        addresses = new AddressClaims(names.Endpoints, ports);
        former = new FormerOwners(kubernetes, addresses);
        nodes = new NodeIndex(addresses, names, time);
        services = new ServiceIndex(addresses, ports, former, names, time);
        slices = new SliceIndex(addresses, ports, services);
        OwnerIndex replicaSets = new(changedOwners), jobs = new(changedOwners);
        pods = new PodIndex(addresses, nodes, (kind, key) => (kind switch { "ReplicaSet" => replicaSets, "Job" => jobs, _ => null })?.Find(key)?.Controller, former, names, time);
        kinds = new(StringComparer.Ordinal)
        {
            ["Node"] = nodes, ["ReplicaSet"] = replicaSets, ["Job"] = jobs, ["Service"] = services, ["EndpointSlice"] = slices, ["Pod"] = pods,
            ["Namespace"] = namespaces,
        };
        reserved = [.. ReservedNetworks.All(options).Select(entry => (entry.Prefix, names.Endpoints.Intern(entry.Endpoint).Id, entry.What))];
    }

    /// <summary>Objects of a kind.</summary>
    public int Count(string kind)
    {
        lock (gate) return kinds[kind].Count;
    }

    /// <summary>Addresses whose former owner is remembered.</summary>
    public int Former
    {
        get { lock (gate) return former.Count; }
    }

    public void Put(ObjectFacts facts)
    {
        lock (gate) kinds[KindOf(facts)].Put(facts);
    }

    public void Remove(string kind, ObjectKey key)
    {
        lock (gate) kinds[kind].Remove(key);
    }

    /// <summary>Takes these as all objects of a kind that there are.</summary>
    public void Replace(string kind, IReadOnlyCollection<ObjectFacts> all)
    {
        lock (gate)
        {
            IKindIndex index = kinds[kind];
            HashSet<ObjectKey> kept = [.. all.Select(facts => facts.Key)];
            foreach (ObjectFacts facts in all) index.Put(facts);
            if (index.Count == kept.Count) return;
            foreach (ObjectKey key in index.All.Select(facts => facts.Key).Where(key => !kept.Contains(key)).ToArray()) index.Remove(key);
        }
    }

    /// <summary>Takes these objects as all that there are, of every kind.</summary>
    public void Replace(IEnumerable<KubernetesObject> objects)
    {
        FactReader reader = new();
        ILookup<string, ObjectFacts> byKind = objects.Select(reader.Read).OfType<ObjectFacts>().ToLookup(KindOf);
        lock (gate)
            foreach (string kind in kinds.Keys) Replace(kind, [.. byKind[kind]]);
    }

    /// <summary>The book of all that is known now.</summary>
    public AddressBook Publish()
    {
        lock (gate)
        {
            former.Expire(time.GetUtcNow().ToUnixTimeMilliseconds());
            pods.Settle(nodes.TakeChanged(), changedOwners);
            slices.Settle(services.TakeChanged());
            if (nodes.NetworksChanged)
            {
                networks = PrefixTable.From([.. nodes.Networks(), .. reserved.Select(entry => (entry.Prefix, entry.Endpoint))]);
                addresses.TouchEnds();
            }
            addresses.Settle(networks);
            AddressBookFacts facts = new(nodes.Count, pods.Count, services.Count, addresses.Held, addresses.Ambiguous, kinds.Values.Sum(kind => kind.Bad));
            return new AddressBook(addresses.Publish(networks), ports.Publish(), facts);
        }
    }

    /// <summary>What an address is, or was at a time, and how that is known.</summary>
    public Explanation Explain(Address address, DateTimeOffset? at)
    {
        lock (gate)
            return new AddressExplainer(
                pods.All.Cast<PodFacts>(), nodes.All.Cast<NodeFacts>(), services.All.Cast<ServiceFacts>(), slices.All.Cast<SliceFacts>(), namespaces,
                former.Of(address), reserved.Select(entry => (entry.Prefix, entry.What)), names.Endpoints).Explain(address, at, time.GetUtcNow());
    }

    private static string KindOf(ObjectFacts facts) => facts switch
    {
        PodFacts => "Pod",
        NodeFacts => "Node",
        ServiceFacts => "Service",
        SliceFacts => "EndpointSlice",
        NamespaceFacts => "Namespace",
        OwnerFacts owner => owner.Kind,
        _ => throw new ArgumentException($"{facts.GetType().Name} has no index", nameof(facts)),
    };
}
