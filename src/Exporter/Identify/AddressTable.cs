using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Endpoints by address, immutable. IPv4 addresses are in the table of networks: three reads for any owner. IPv6 addresses have their own table.</summary>
internal sealed class AddressTable
{
    private readonly PrefixTable whole;
    private readonly FlatTable whole6, changed;
    private readonly bool has6, hasChanges;

    public AddressTable(PrefixTable networks, IEnumerable<(Address Address, int Endpoint)> addresses)
    {
        (Address Address, int Endpoint)[] all = [.. addresses];
        Networks = networks;
        whole = networks.With(all.Where(entry => entry.Address.IsIPv4).Select(entry => (entry.Address.IPv4, entry.Endpoint)));
        whole6 = new FlatTable();
        foreach ((Address address, int endpoint) in all)
            if (!address.IsIPv4) whole6.TryAdd(address.High, address.Low, endpoint);
        has6 = whole6.Count > 0;
        changed = new FlatTable();
    }

    private AddressTable(AddressTable before, FlatTable changed)
    {
        (Networks, whole, whole6, has6) = (before.Networks, before.whole, before.whole6, before.has6);
        this.changed = changed;
        hasChanges = changed.Count > 0;
    }

    /// <summary>The endpoint of an address by its network alone.</summary>
    public PrefixTable Networks { get; }

    /// <summary>The same with later changes. An address without an owner is <see cref="AddressBook.Gone"/>.</summary>
    public AddressTable With(IReadOnlyDictionary<Address, int> changes)
    {
        FlatTable table = new(changes.Count);
        foreach ((Address address, int endpoint) in changes) table.TryAdd(address.High, address.Low, endpoint);
        return new AddressTable(this, table);
    }

    /// <summary>The endpoint of an address, or that of its longest matching network. Always returns one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Address address)
    {
        if (hasChanges && changed.TryFind(address.High, address.Low, out int endpoint)) return endpoint != AddressBook.Gone ? endpoint : Networks.Find(address);
        return address.IsIPv4 ? whole.FindIPv4(address.IPv4) : FindIPv6(address);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindIPv6(Address address) => has6 && whole6.TryFind(address.High, address.Low, out int endpoint) ? endpoint : Networks.Find(address);
}
