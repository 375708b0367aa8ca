namespace SFlow.Exporter.Count;

/// <summary>
/// Series that share a part of the family's limit, such as those of one pair. A group may use free places beyond its quota, but then its series
/// weigh less, so it can't take the places of others for long.
/// </summary>
/// <param name="Id">The group within its family.</param>
/// <param name="Share">The quota is the limit divided by this.</param>
internal readonly record struct SeriesGroup(ulong Id, int Share);

/// <summary>How many series each group has. Callers hold the family's lock.</summary>
internal sealed class SeriesGroups(int maximum)
{
    /// <summary>A group of this size never exceeds its quota.</summary>
    private const int SmallestQuota = 8;

    private readonly Dictionary<ulong, int> sizes = [];

    /// <summary>How much the fullest of the groups would exceed its quota with some more series: 1 for not at all.</summary>
    public double Crowding(ReadOnlySpan<SeriesGroup> groups, int more)
    {
        double most = 1;
        foreach (SeriesGroup group in groups)
            most = Math.Max(most, (double)(sizes.GetValueOrDefault(group.Id) + more) / Quota(group));
        return most;
    }

    public void Add(ReadOnlySpan<SeriesGroup> groups, int more)
    {
        foreach (SeriesGroup group in groups)
        {
            int size = sizes.GetValueOrDefault(group.Id) + more;
            if (size == 0) sizes.Remove(group.Id);
            else sizes[group.Id] = size;
        }
    }

    private int Quota(SeriesGroup group) => Math.Max(SmallestQuota, maximum / group.Share);
}
