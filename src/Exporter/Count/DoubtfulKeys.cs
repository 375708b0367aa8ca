namespace SFlow.Exporter.Count;

/// <summary>The doubtful keys that have a series: few in all, and very few of each pair, which is what a port scan looks like.</summary>
/// <param name="maximum">Maximum keys.</param>
internal sealed class DoubtfulKeys(int maximum)
{
    /// <summary>Maximum keys of one pair.</summary>
    public const int OfPair = 8;

    private readonly Dictionary<ulong, ulong> pairs = [];
    private readonly Dictionary<ulong, int> sizes = [];

    public bool HasRoom(ulong pair) => pairs.Count < maximum && sizes.GetValueOrDefault(pair) < OfPair;

    public void Add(ulong key, ulong pair)
    {
        if (pairs.TryAdd(key, pair)) sizes[pair] = sizes.GetValueOrDefault(pair) + 1;
    }

    public void Remove(ulong key)
    {
        if (!pairs.Remove(key, out ulong pair)) return;
        int left = sizes[pair] - 1;
        if (left == 0) sizes.Remove(pair);
        else sizes[pair] = left;
    }

    /// <summary>Removes the keys that were proven since.</summary>
    public void RemoveProven(Func<ulong, bool> isDoubtful)
    {
        foreach (ulong key in pairs.Keys)
            if (!isDoubtful(key)) Remove(key);
    }
}
