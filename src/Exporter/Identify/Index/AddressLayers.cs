using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>
/// Addresses in two layers: a big table that readers hold, and a small one of what changed since, so that one change does not cost all
/// addresses. When the small one has grown, or the networks around the addresses have changed, there is a new big one.
/// </summary>
internal sealed class AddressLayers
{
    /// <summary>Changes from which a new big table is cheaper than a copy of the small one with each further change.</summary>
    private const int MostChanges = 4096;

    private readonly Dictionary<Address, int> changes = [];
    private AddressTable table = new(PrefixTable.From([]), []);
    private bool dirty;

    /// <summary>An address' new endpoint, or <see cref="AddressBook.Gone"/>.</summary>
    public void Set(Address address, int endpoint)
    {
        changes[address] = endpoint;
        dirty = true;
    }

    /// <summary>The addresses as they are now.</summary>
    /// <param name="networks">What is known of all other addresses.</param>
    /// <param name="count">Addresses there are.</param>
    /// <param name="all">All addresses there are, by endpoint.</param>
    public AddressTable Publish(PrefixTable networks, int count, IEnumerable<(Address Address, int Endpoint)> all)
    {
        bool same = ReferenceEquals(table.Networks, networks);
        if (same && !dirty) return table;
        dirty = false;
        if (same && changes.Count <= MostChanges && changes.Count < count) return table = table.With(changes);
        changes.Clear();
        changes.TrimExcess(MostChanges);
        return table = new AddressTable(networks, all);
    }
}
