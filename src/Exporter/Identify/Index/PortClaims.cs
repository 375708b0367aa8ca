using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>A claim on a port: by a Service with its label, or by a container's declaration (<see cref="Label"/> 0).</summary>
/// <param name="Protocol">Protocol number.</param>
/// <param name="Port">Port number.</param>
/// <param name="Label">The Service's label, or 0.</param>
/// <param name="Scope">
/// The owner that the claim applies to, if an address has several: above 0 an endpoint, below 0 a <see cref="PortClaims.Scope"/>, 0 any.
/// </param>
internal readonly record struct PortClaim(byte Protocol, ushort Port, int Label, int Scope = 0);

/// <summary>Services by port and endpoint: virtual addresses, NodePorts, endpoints of Services, and declared container ports.</summary>
internal sealed class PortClaims(Registries names)
{
    private struct Claimed
    {
        public SmallBag<int> Labels;
        public int Value;
    }

    private readonly Dictionary<ulong, Claimed> claimed = [];
    private readonly HashSet<ulong> changed = [];
    private readonly PortLayers table = new();
    private readonly Dictionary<string, int> sharedBySet = new(StringComparer.Ordinal);
    private readonly List<int[]> sets = [];
    private int[][] published = [];
    private readonly PortSet standing = new();
    private readonly Dictionary<(string Namespace, string? Network), int> scopes = [];
    private readonly List<(string Namespace, string? Network)> scopeList = [];

    /// <summary>Label id of a port of a Service. A port without a name uses its number.</summary>
    public int Label(string space, string service, string port, ushort number) =>
        names.Services.Intern(port.Length == 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{space}/{service}:{number}") : $"{space}/{service}:{port}");

    /// <summary>The scope of the pods of a namespace, on one network or (null) on any.</summary>
    public int Scope(string space, string? network)
    {
        if (scopes.TryGetValue((space, network), out int scope)) return scope;
        scopeList.Add((space, network));
        scopes.Add((space, network), scope = -scopeList.Count);
        return scope;
    }

    /// <summary>Whether a claim applies to this one of several owners of the address.</summary>
    public bool Means(PortClaim claim, FlowEndpoint claimant)
    {
        // A Service has its own ports. An endpoint that has the address of Services replies for all of them.
        if (claim.Scope == 0) return claimant.Kind != EndpointKind.Service;
        if (claim.Scope > 0) return claim.Scope == claimant.Id || names.Endpoints[claim.Scope].Kind == EndpointKind.Service && claimant.Kind is not (EndpointKind.Service or EndpointKind.Pod);
        (string space, string? network) = scopeList[-claim.Scope - 1];
        return claimant.Kind switch
        {
            EndpointKind.Pod => claimant.Namespace == space && (network is null || claimant.Network == network),
            EndpointKind.Service => false,
            _ => true,
        };
    }

    public void Add(int endpoint, PortClaim claim)
    {
        // Endpoint 0 is every unknown address, so a port there would apply to all of them.
        if (endpoint <= 0) return;
        if (endpoint != AddressBook.AnyNode && names.Endpoints[endpoint].HostNode >= 0) names.BackedServices.Add(claim.Label);
        ulong key = AddressBook.PortKey(endpoint, claim.Protocol, claim.Port);
        CollectionsMarshal.GetValueRefOrAddDefault(claimed, key, out _).Labels.Add(claim.Label);
        standing.Add(claim.Port);
        changed.Add(key);
    }

    public void Remove(int endpoint, PortClaim claim)
    {
        if (endpoint <= 0) return;
        ulong key = AddressBook.PortKey(endpoint, claim.Protocol, claim.Port);
        CollectionsMarshal.GetValueRefOrAddDefault(claimed, key, out _).Labels.Remove(claim.Label);
        changed.Add(key);
    }

    public (PortTable Whole, FlatTable Changed, PortSet Standing, int[][] Shared) Publish()
    {
        foreach (ulong key in changed)
        {
            ref Claimed entry = ref CollectionsMarshal.GetValueRefOrNullRef(claimed, key);
            int value = entry.Labels.Count == 0 ? AddressBook.Gone : Value(entry.Labels);
            if (value == AddressBook.Gone) claimed.Remove(key);
            else entry.Value = value;
            table.Set(key, value);
        }
        changed.Clear();
        // After a list, these would keep the capacity for every address of the cluster.
        if (changed.Capacity > 1 << 14) changed.TrimExcess();
        if (published.Length != sets.Count) published = [.. sets];
        (PortTable whole, FlatTable since) = table.Publish(claimed.Count, claimed.Select(pair => (pair.Key, pair.Value.Value)));
        return (whole, since, standing, published);
    }

    /// <summary>One Service, or a set of Services by name, or 0 for a container's declaration only.</summary>
    private int Value(in SmallBag<int> labels)
    {
        if (labels.Count == 1) return labels[0];
        SortedDictionary<string, int> distinct = new(StringComparer.Ordinal);
        for (int at = 0; at < labels.Count; at++)
            if (labels[at] > 0) distinct[names.Services[labels[at]]] = labels[at];
        if (distinct.Count < 2) return distinct.Values.FirstOrDefault();
        string set = string.Join(' ', distinct.Keys);
        if (!sharedBySet.TryGetValue(set, out int index))
        {
            sets.Add([.. distinct.Values]);
            sharedBySet.Add(set, index = sets.Count);
        }
        return -index;
    }
}
