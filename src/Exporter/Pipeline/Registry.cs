using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>An append-only list that is read without a lock. An id never changes its meaning.</summary>
internal class Registry<T> where T : class
{
    private readonly Lock gate = new();
    private volatile T[] items = new T[64];
    private volatile int count;

    public int Count => count;

    public T this[int id] => items[id];

    /// <summary>Adds the result of <paramref name="make"/> for the new id.</summary>
    public T Add(Func<int, T> make)
    {
        lock (gate)
        {
            int id = count;
            if (id == items.Length)
            {
                T[] grown = new T[id * 2];
                Array.Copy(items, grown, id);
                items = grown;
            }
            T item = make(id);
            items[id] = item;
            count = id + 1;
            return item;
        }
    }
}

/// <summary>All endpoints so far. Id 0 is the unknown endpoint.</summary>
internal sealed class EndpointRegistry : Registry<FlowEndpoint>
{
    private readonly LabelRegistry labels, networks;
    private readonly Dictionary<(string Label, string Kind, string Name), int> workloads = [];
    private readonly Dictionary<FlowEndpoint, FlowEndpoint> known = new(EndpointComparer.Instance);
    private volatile Facts[] facts = new Facts[64];

    public EndpointRegistry(LabelRegistry namespaces, LabelRegistry networks)
    {
        (labels, this.networks) = (namespaces, networks);
        Intern(new FlowEndpoint { Kind = EndpointKind.Unknown, Label = ReservedLabels.Unknown });
    }

    /// <summary>Names of nodes, as endpoints give them.</summary>
    public LabelRegistry NodeNames { get; } = new();
    /// <summary>Names of zones and regions.</summary>
    public LabelRegistry ZoneNames { get; } = new();
    /// <summary>Hosts of the history.</summary>
    public HostNumbers Hosts { get; } = new();

    /// <summary>The fields that each sample reads, in one array. The endpoints themselves are spread over the heap, which would cost a cache miss each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly EndpointSummary Brief(int id) => ref facts[id].Brief;

    /// <summary>Where the endpoint is; beside its summary, so that both come with one cache miss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly EndpointLocation Location(int id) => ref facts[id].Location;

    /// <summary>Assigns the ids of the endpoint and its label. Equal endpoints get the same id.</summary>
    public FlowEndpoint Intern(FlowEndpoint described)
    {
        lock (known)
        {
            if (known.TryGetValue(described, out FlowEndpoint? endpoint)) return endpoint;
            int label = labels.Intern(described.Label), network = described.Network is null ? 0 : networks.Intern(described.Network);
            endpoint = Add(id => described with { Id = id, LabelId = label, NetworkId = network });
            known.Add(endpoint, endpoint);
            Keep(endpoint);
            return endpoint;
        }
    }

    /// <summary>Publishes the entry. Readers get the id only afterwards.</summary>
    private void Keep(FlowEndpoint endpoint)
    {
        Facts[] kept = facts;
        if (endpoint.Id == kept.Length) Array.Resize(ref kept, kept.Length * 2);
        kept[endpoint.Id] = new Facts(
            new EndpointSummary(endpoint.Kind, endpoint.Claimants is not null, endpoint.LabelId, endpoint.HostNode, endpoint.Node),
            new EndpointLocation(Number(NodeNames, endpoint.NodeName), Number(ZoneNames, endpoint.Zone), Number(ZoneNames, endpoint.Region), WorkloadOf(endpoint)));
        facts = kept;
        Hosts.Keep(endpoint);
    }

    /// <summary>The number of a name; the registry's own id 0 is no name.</summary>
    private static int Number(LabelRegistry names, string? name) => name is null ? 0 : names.Intern(name);

    private int WorkloadOf(FlowEndpoint endpoint)
    {
        if (endpoint.OwnerName is null) return 0;
        (string, string, string) workload = (endpoint.Label, endpoint.OwnerKind ?? "", endpoint.OwnerName);
        workloads.TryAdd(workload, endpoint.Id);
        return workloads[workload];
    }

    private readonly struct Facts(EndpointSummary brief, EndpointLocation location)
    {
        public readonly EndpointSummary Brief = brief;
        public readonly EndpointLocation Location = location;
    }
}

/// <summary>Compares endpoints by content, without their ids.</summary>
internal sealed class EndpointComparer : IEqualityComparer<FlowEndpoint>
{
    public static readonly EndpointComparer Instance = new();

    public bool Equals(FlowEndpoint? x, FlowEndpoint? y) =>
        ReferenceEquals(x, y) || x is not null && y is not null
        && (x.Kind, x.HostNode, x.Node) == (y.Kind, y.HostNode, y.Node)
        && x.Name == y.Name && x.Namespace == y.Namespace && x.Label == y.Label
        && x.OwnerKind == y.OwnerKind && x.OwnerName == y.OwnerName && x.NodeName == y.NodeName && x.Zone == y.Zone && x.Region == y.Region
        && x.Network == y.Network && x.Claimants is null == y.Claimants is null && x.Claimants.AsSpan().SequenceEqual(y.Claimants);

    public int GetHashCode(FlowEndpoint endpoint) =>
        HashCode.Combine(endpoint.Kind, endpoint.HostNode, endpoint.Node, endpoint.Name, endpoint.Namespace, endpoint.OwnerName, endpoint.Network);
}

/// <summary>A node, and the time of its agent's last datagram.</summary>
internal sealed class Node
{
    private long lastDatagram, knownSince;
    private bool expected;

    /// <param name="knownSince">Time of its appearance, in nanoseconds of the steady clock.</param>
    public Node(long knownSince) => Expect(knownSince);

    public required int Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Zone and region from the node's labels, which may change.</summary>
    public string? Zone { get; set; }
    public string? Region { get; set; }
    /// <summary>Time when the node was first known or returned, in nanoseconds of the steady clock.</summary>
    public long KnownSince => Volatile.Read(ref knownSince);

    /// <summary>Whether the cluster has the node now, and an agent is expected on it. A deleted node keeps its id and name.</summary>
    public bool Expected => Volatile.Read(ref expected);

    /// <summary>Arrival of the last datagram of its agent, in nanoseconds of the steady clock; 0 for never.</summary>
    public long LastDatagram => Volatile.Read(ref lastDatagram);

    /// <summary>A datagram of its agent arrived. An earlier time than the last one changes nothing.</summary>
    public void Hear(long arrival)
    {
        if (lastDatagram < arrival) Volatile.Write(ref lastDatagram, arrival);
    }

    /// <summary>The cluster has the node.</summary>
    public void Expect(long now)
    {
        if (expected) return;
        Volatile.Write(ref knownSince, now);
        Volatile.Write(ref expected, true);
    }

    /// <summary>The node was deleted, or is of a kind without an agent.</summary>
    public void Dismiss() => Volatile.Write(ref expected, false);
}

internal sealed class NodeRegistry : Registry<Node>
{
    private readonly Dictionary<string, Node> byName = new(StringComparer.Ordinal);

    /// <summary>The node with this name; created if it is new.</summary>
    public Node Intern(string name, string? zone, long now)
    {
        lock (byName)
        {
            if (byName.TryGetValue(name, out Node? node)) return node;
            node = Add(id => new Node(now) { Id = id, Name = name, Zone = zone });
            byName.Add(name, node);
            return node;
        }
    }
}

/// <summary>Label values and their ids; id 0 is <see cref="ReservedLabels.Other"/>.</summary>
internal sealed class LabelRegistry : Registry<string>
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);

    public LabelRegistry() => Intern(ReservedLabels.Other);

    public int Intern(string label)
    {
        lock (ids)
        {
            if (ids.TryGetValue(label, out int known)) return known;
            int id = Count;
            Add(_ => label);
            ids.Add(label, id);
            return id;
        }
    }
}

/// <summary>Label values that are not Kubernetes names.</summary>
internal static class ReservedLabels
{
    /// <summary>The remainder of a bounded family.</summary>
    public const string Other = "__other__";

    /// <summary>
    /// The remainder's part for series that lost their place, by the time of the latest one. It replaces <see cref="Other"/> in the last label.
    /// </summary>
    public static string Former(DateTimeOffset time) => $"__former_{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}__";
    /// <summary>A port without a name of its own.</summary>
    public const string OtherService = "@other";
    public const string Unknown = "@unknown";
    public const string Node = "@node";
    public const string Ovn = "@ovn";
    public const string Multicast = "@multicast";
    public const string Link = "@link";
    public const string Private = "@private";
    public const string Internet = "@internet";
}
