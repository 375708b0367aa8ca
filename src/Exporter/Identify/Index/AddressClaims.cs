using System.Runtime.InteropServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Kind of a claim on an address. Within one network, the first kind of this list wins.</summary>
internal enum ClaimRank : byte { Pod, Management, Gateway, Node, OvnPort, Service, Former }

internal readonly record struct Claim(ClaimRank Rank, int Endpoint);

/// <summary>
/// Claims on addresses, and the owner of each: one claimant, or several together. Resources arrive in any order: a port may be claimed on an
/// address before its pod is known.
/// </summary>
internal sealed class AddressClaims(EndpointRegistry endpoints, PortClaims ports)
{
    private struct Entry
    {
        public SmallBag<Claim> Claims;
        public SmallBag<PortClaim> Ports;
        /// <summary>Number of EndpointSlices with the address.</summary>
        public int Ends;
        public int Holder;
        public bool Settled;
    }

    private readonly Dictionary<Address, Entry> entries = [];
    private readonly HashSet<Address> changed = [];
    private readonly AddressLayers layers = new();
    private readonly SharedEndpoints shared = new(endpoints);
    private readonly HashSet<int> claimants = [];
    private readonly Action<int, PortClaim> add = ports.Add, remove = ports.Remove;

    public int Held { get; private set; }

    /// <summary>Addresses that several endpoints have.</summary>
    public int Shared { get; private set; }

    /// <summary>Of these, the addresses of several pods.</summary>
    public int Ambiguous { get; private set; }

    public void Add(Address address, ClaimRank rank, int endpoint) => Touch(address).Claims.Add(new Claim(rank, endpoint));

    public void Remove(Address address, ClaimRank rank, int endpoint) => Touch(address).Claims.Remove(new Claim(rank, endpoint));

    /// <summary>One EndpointSlice more (or less) has the address.</summary>
    public void AddEnd(Address address, int by) => Touch(address).Ends += by;

    public void Add(Address address, PortClaim claim)
    {
        ref Entry entry = ref Touch(address);
        entry.Ports.Add(claim);
        if (entry.Settled) Attach(entry.Holder, claim, add);
    }

    public void Remove(Address address, PortClaim claim)
    {
        ref Entry entry = ref Touch(address);
        entry.Ports.Remove(claim);
        if (entry.Settled) Attach(entry.Holder, claim, remove);
    }

    /// <summary>Networks changed: endpoints of Services without a claim are named by their network.</summary>
    public void TouchEnds()
    {
        foreach ((Address address, Entry entry) in entries)
            if (entry.Ends > 0) changed.Add(address);
    }

    /// <summary>Determines the owners of the changed addresses.</summary>
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
                    Attach(before, entry.Ports[at], remove);
                    Attach(holder, entry.Ports[at], add);
                }
                Held += (holder != AddressBook.Gone ? 1 : 0) - (before != AddressBook.Gone ? 1 : 0);
                Shared += (IsShared(holder) ? 1 : 0) - (IsShared(before) ? 1 : 0);
                Ambiguous += (IsAmbiguous(holder) ? 1 : 0) - (IsAmbiguous(before) ? 1 : 0);
                layers.Set(address, holder);
            }
            (entry.Holder, entry.Settled) = (holder, true);
            if (empty) entries.Remove(address);
        }
        changed.Clear();
        // After a list, these would keep the capacity for every address of the cluster.
        if (changed.Capacity > 1 << 14) changed.TrimExcess();
    }

    public AddressTable Publish(PrefixTable networks) => layers.Publish(networks, Held, entries
        .Where(pair => pair.Value.Holder != AddressBook.Gone).Select(pair => (pair.Key, pair.Value.Holder)));

    /// <summary>A port belongs to the claimants that its claim applies to, and to the address itself if it applies to all.</summary>
    private void Attach(int holder, PortClaim claim, Action<int, PortClaim> change)
    {
        if (holder <= 0) return;
        bool all = true;
        foreach (int claimant in endpoints[holder].Claimants ?? [])
        {
            if (ports.Means(claim, endpoints[claimant])) change(claimant, claim);
            else all = false;
        }
        if (all) change(holder, claim);
    }

    private bool IsShared(int endpoint) => endpoint > 0 && endpoints[endpoint].Claimants is not null;

    private bool IsAmbiguous(int endpoint) => IsShared(endpoint) && endpoints[endpoint].Claimants!.Count(id => endpoints[id].Kind == EndpointKind.Pod) > 1;

    private ref Entry Touch(Address address)
    {
        changed.Add(address);
        return ref CollectionsMarshal.GetValueRefOrAddDefault(entries, address, out _);
    }

    private int Holder(Address address, in Entry entry, PrefixTable networks)
    {
        if (entry.Claims.Count == 0) return entry.Ends > 0 ? OutsideEnd(address, networks) : AddressBook.Gone;
        if (entry.Claims.Count == 1) return entry.Claims[0].Endpoint;
        claimants.Clear();
        for (int at = 0; at < entry.Claims.Count; at++)
            if (!IsOutranked(entry, entry.Claims[at])) claimants.Add(entry.Claims[at].Endpoint);
        return shared.Of(claimants);
    }

    /// <summary>
    /// Within one network the first rank wins. Networks may overlap: then each has a claimant. A previous owner counts if there is no current one.
    /// </summary>
    private bool IsOutranked(in Entry entry, Claim claim)
    {
        int network = endpoints[claim.Endpoint].NetworkId;
        for (int at = 0; at < entry.Claims.Count; at++)
        {
            Claim other = entry.Claims[at];
            if (other.Rank < claim.Rank && (claim.Rank == ClaimRank.Former || endpoints[other.Endpoint].NetworkId == network)) return true;
        }
        return false;
    }

    /// <summary>An endpoint of a Service that is neither pod nor node (an API server, a database outside): named by its network.</summary>
    private int OutsideEnd(Address address, PrefixTable networks) =>
        endpoints.Intern(endpoints[networks.Find(address)] with { Id = 0, LabelId = 0, Name = address.ToString() }).Id;
}
