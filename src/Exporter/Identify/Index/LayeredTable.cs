using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>
/// A big table that readers hold and a small one of what changed since: so that one change does not cost all entries. When the small one
/// has grown, both become a new big one.
/// </summary>
internal sealed class LayeredTable
{
    /// <summary>Changes from which a new big table is cheaper than a copy of the small one with each further change.</summary>
    private const int MostChanges = 4096;

    private readonly Dictionary<(ulong High, ulong Low), int> changes = [];
    private FlatTable whole = new(), changed = new();
    private bool dirty;

    /// <summary>A key's new value, or <see cref="AddressBook.Gone"/>.</summary>
    public void Set(ulong high, ulong low, int value)
    {
        changes[(high, low)] = value;
        dirty = true;
    }

    /// <summary>Both tables as they are now; neither is written again.</summary>
    /// <param name="count">Entries there are.</param>
    /// <param name="all">All entries there are.</param>
    public (FlatTable Whole, FlatTable Changed) Publish(int count, IEnumerable<(ulong High, ulong Low, int Value)> all)
    {
        if (!dirty) return (whole, changed);
        dirty = false;
        if (changes.Count <= MostChanges && changes.Count < count)
        {
            changed = new FlatTable(changes.Count);
            foreach (((ulong high, ulong low), int value) in changes) changed.TryAdd(high, low, value);
            return (whole, changed);
        }
        changes.Clear();
        changes.TrimExcess(MostChanges);
        changed = new FlatTable();
        whole = new FlatTable(count);
        foreach ((ulong high, ulong low, int value) in all) whole.TryAdd(high, low, value);
        return (whole, changed);
    }
}
