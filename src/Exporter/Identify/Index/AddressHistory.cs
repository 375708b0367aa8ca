using System.Runtime.InteropServices;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Owner of an address from a time (0: unknown) to a time, in milliseconds of Unix time.</summary>
internal readonly record struct AddressLease(int Endpoint, long From, long Until);

/// <summary>
/// Previous owners of addresses. The last owner keeps the address until another one claims it or it expires, so late samples find their
/// owner. All are kept for explain. Bounded by count and age.
/// </summary>
internal sealed class AddressHistory(KubernetesOptions options, AddressClaims addresses, TimeProvider time)
{
    /// <summary>Age uses the steady clock: a jump of the system clock must not expire all entries.</summary>
    private readonly SteadyClock clock = new(time);
    private readonly Queue<(Address Address, AddressLease AddressLease, long Since)> inOrder = [];
    private readonly Dictionary<Address, List<AddressLease>> byAddress = [];

    public int Count => inOrder.Count;

    public void Add(Address address, AddressLease tenure)
    {
        ref List<AddressLease>? tenures = ref CollectionsMarshal.GetValueRefOrAddDefault(byAddress, address, out _);
        tenures ??= new(1);
        if (tenures.Count > 0) addresses.Remove(address, ClaimRank.Former, tenures[^1].Endpoint);
        addresses.Add(address, ClaimRank.Former, tenure.Endpoint);
        tenures.Add(tenure);
        inOrder.Enqueue((address, tenure, clock.Now));
    }

    /// <summary>Removes entries beyond the limits of count and age.</summary>
    public void Expire()
    {
        long oldest = clock.Now - options.RememberAge.ToNanoseconds();
        while (inOrder.TryPeek(out (Address Address, AddressLease AddressLease, long Since) first) && (inOrder.Count > options.RememberAddresses || first.Since <= oldest))
        {
            inOrder.Dequeue();
            List<AddressLease> tenures = byAddress[first.Address];
            tenures.RemoveAt(0);
            if (tenures.Count > 0) continue;
            byAddress.Remove(first.Address);
            addresses.Remove(first.Address, ClaimRank.Former, first.AddressLease.Endpoint);
        }
    }

    /// <summary>The previous owners, oldest first.</summary>
    public IReadOnlyList<AddressLease> Of(Address address) => byAddress.GetValueOrDefault(address) is { } tenures ? [.. tenures] : [];
}
