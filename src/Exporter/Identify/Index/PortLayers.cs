using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Index;

/// <summary>
/// Ports in two layers, like addresses in <see cref="AddressLayers"/>: a big table for readers and a small one of later changes. When the small
/// one has grown, both become a new big one.
/// </summary>
internal sealed class PortLayers
{
    /// <summary>Number of changes at which a new big table is cheaper than copying the small one for each further change.</summary>
    private const int MostChanges = 4096;

    private readonly Dictionary<ulong, int> changes = [];
    private PortTable whole = new([]);
    private FlatTable changed = new();
    private bool dirty;

    /// <summary>A key's new value, or <see cref="AddressBook.Gone"/>.</summary>
    public void Set(ulong key, int value)
    {
        changes[key] = value;
        dirty = true;
    }

    /// <summary>Both tables in their current state. Neither is written again.</summary>
    /// <param name="count">Number of entries.</param>
    /// <param name="all">All entries.</param>
    public (PortTable Whole, FlatTable Changed) Publish(int count, IEnumerable<(ulong Key, int Value)> all)
    {
        if (!dirty) return (whole, changed);
        dirty = false;
        if (changes.Count <= MostChanges && changes.Count < count)
        {
            changed = new FlatTable(changes.Count);
            foreach ((ulong key, int value) in changes) changed.TryAdd(0, key, value);
            return (whole, changed);
        }
        changes.Clear();
        changes.TrimExcess(MostChanges);
        changed = new FlatTable();
        whole = new PortTable(all);
        return (whole, changed);
    }
}
