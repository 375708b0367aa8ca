using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>By what right somebody has an address; the first of this list holds it.</summary>
internal enum ClaimRank : byte { Pod, Management, Gateway, Node, OvnPort, Service, Former }

internal readonly record struct Claim(ClaimRank Rank, int Endpoint);

/// <summary>
/// Who claims which address, and who holds it. Facts come in any order: a port may be claimed on an address before its pod is known.
/// </summary>
internal sealed class AddressClaims(EndpointRegistry endpoints, PortClaims ports)
{
    private struct Entry
    {
        public SmallBag<Claim> Claims;
        public SmallBag<PortClaim> Ports;
        /// <summary>EndpointSlices that name the address.</summary>
        public int Ends;
        public int Holder;
        public bool Settled;
    }

    private readonly Dictionary<Address, Entry> entries = [];
    private readonly HashSet<Address> changed = [];
    private readonly AddressLayers layers = new();

    public int Held { get; private set; }
    public int Ambiguous { get; private set; }

    public void Add(Address address, ClaimRank rank, int endpoint) => Touch(address).Claims.Add(new Claim(rank, endpoint));

    public void Remove(Address address, ClaimRank rank, int endpoint) => Touch(address).Claims.Remove(new Claim(rank, endpoint));

    /// <summary>One EndpointSlice more (or less) names the address.</summary>
    public void AddEnd(Address address, int by) => Touch(address).Ends += by;

    public void Add(Address address, PortClaim claim)
    {
        ref Entry entry = ref Touch(address);
        entry.Ports.Add(claim);
        if (entry.Settled) ports.Add(entry.Holder, claim);
    }

    public void Remove(Address address, PortClaim claim)
    {
        ref Entry entry = ref Touch(address);
        entry.Ports.Remove(claim);
        if (entry.Settled) ports.Remove(entry.Holder, claim);
    }

    /// <summary>Ends of Services that nobody claims are known by their network: networks have changed.</summary>
    public void TouchEnds()
    {
        foreach ((Address address, Entry entry) in entries)
            if (entry.Ends > 0) changed.Add(address);
    }

    /// <summary>Decides who holds the addresses that changed.</summary>
    public void Settle(PrefixTable networks)
    {
        foreach (Address address in changed)
        {
            ref Entry entry = ref CollectionsMarshal.GetValueRefOrNullRef(entries, address);
            int before = entry.Settled ? entry.Holder : AddressBook.Gone, holder = Holder(address, entry, networks);
            bool empty = entry.Claims.Count == 0 && entry.Ends == 0 && entry.Ports.Count == 0;
            if (holder != before)
            {
                for (int at = 0; at < entry.Ports.Count; at++)
                {
                    if (before > 0) ports.Remove(before, entry.Ports[at]);
                    if (holder > 0) ports.Add(holder, entry.Ports[at]);
                }
                Held += (holder != AddressBook.Gone ? 1 : 0) - (before != AddressBook.Gone ? 1 : 0);
                Ambiguous += (holder == 0 ? 1 : 0) - (before == 0 ? 1 : 0);
                layers.Set(address, holder);
            }
            (entry.Holder, entry.Settled) = (holder, true);
            if (empty) entries.Remove(address);
        }
        changed.Clear();
        // After a list these would keep room for every address of the cluster.
        if (changed.Capacity > 1 << 14) changed.TrimExcess();
    }

    public AddressTable Publish(PrefixTable networks) => layers.Publish(networks, Held, entries
        .Where(pair => pair.Value.Holder != AddressBook.Gone).Select(pair => (pair.Key, pair.Value.Holder)));

    private ref Entry Touch(Address address)
    {
        changed.Add(address);
        return ref CollectionsMarshal.GetValueRefOrAddDefault(entries, address, out _);
    }

    private int Holder(Address address, in Entry entry, PrefixTable networks)
    {
        if (entry.Claims.Count == 0) return entry.Ends > 0 ? OutsideEnd(address, networks) : AddressBook.Gone;
        Claim best = entry.Claims[0];
        for (int at = 1; at < entry.Claims.Count; at++)
        {
            Claim other = entry.Claims[at];
            // Two live pods with one address (user-defined networks overlap): nobody can say whose a packet is.
            if (best.Rank == ClaimRank.Pod && other.Rank == ClaimRank.Pod && best.Endpoint != other.Endpoint) return 0;
            if (other.Rank < best.Rank || other.Rank == best.Rank && IsBefore(other.Endpoint, best.Endpoint)) best = other;
        }
        return best.Endpoint;
    }

    /// <summary>An end of a Service that is neither pod nor node (an API server, a database outside): known by what its network is.</summary>
    private int OutsideEnd(Address address, PrefixTable networks) =>
        endpoints.Intern(endpoints[networks.Find(address)] with { Id = 0, LabelId = 0, Name = address.ToString() }).Id;

    /// <summary>The same whatever came first: by namespace and name.</summary>
    private bool IsBefore(int left, int right)
    {
        int order = string.CompareOrdinal(endpoints[left].Namespace, endpoints[right].Namespace);
        return (order != 0 ? order : string.CompareOrdinal(endpoints[left].Name, endpoints[right].Name)) < 0;
    }
}
