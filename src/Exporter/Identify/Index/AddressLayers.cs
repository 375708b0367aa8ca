namespace SFlow.Exporter.Identify.Index;

/// <summary>
/// Addresses in two layers: a big table for readers and a small one of later changes, so that one change does not cost a copy of all
/// addresses. When the small one has grown, or the networks have changed, a new big one is built.
/// </summary>
internal sealed class AddressLayers
{
    /// <summary>Number of changes at which a new big table is cheaper than copying the small one for each further change.</summary>
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

    /// <summary>The addresses in their current state.</summary>
    /// <param name="networks">Endpoints of all other addresses, by network.</param>
    /// <param name="count">Number of addresses.</param>
    /// <param name="all">All addresses with their endpoints.</param>
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
