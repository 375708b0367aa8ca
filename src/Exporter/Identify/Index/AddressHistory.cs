using System.Runtime.InteropServices;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>Who had an address, from when (0: not told) until when, in milliseconds of Unix time.</summary>
internal readonly record struct AddressLease(int Endpoint, long From, long Until);

/// <summary>
/// Who had which address before. The last one keeps it until somebody else comes or it is forgotten, so that late samples find their owner;
/// all are kept to answer who had it at a time. Bounded by count and age.
/// </summary>
internal sealed class AddressHistory(KubernetesOptions options, AddressClaims addresses, TimeProvider time)
{
    /// <summary>Age is told by a clock that nobody sets: a leap of the machine's clock must not forget them all.</summary>
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

    /// <summary>Forgets what is too much or too old.</summary>
    public void Expire()
    {
        long oldest = clock.Now - (options.RememberAge.Ticks * TimeSpan.NanosecondsPerTick);
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

    /// <summary>The owners before the present one, oldest first.</summary>
    public IReadOnlyList<AddressLease> Of(Address address) => byAddress.GetValueOrDefault(address) is { } tenures ? [.. tenures] : [];
}
