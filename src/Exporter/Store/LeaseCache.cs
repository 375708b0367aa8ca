namespace SFlow.Exporter.Store;

/// <summary>The leases of names by the ids of their registry, which are dense: one load instead of a look-up in a dictionary.</summary>
internal sealed class LeaseCache(Interned<int> names)
{
    private NameLease[] leases = [];

    /// <summary>The row of a name for a record at <paramref name="position"/>.</summary>
    public int Id(int key, long position)
    {
        if ((uint)key < (uint)leases.Length && leases[key].UsedUntil > position) return leases[key].Id;
        if (key >= leases.Length) Array.Resize(ref leases, Math.Max(key + 1, leases.Length * 2));
        leases[key] = names.Lease(key, position);
        return leases[key].Id;
    }
}
