using System.Runtime.InteropServices;

namespace SFlow.Exporter.Count;

/// <summary>The weights of the keys without a series, over all workers; each decays like those of the series. Bounded: the lightest go first.</summary>
internal sealed class CandidateWeights(int maximum)
{
    private readonly Dictionary<ulong, double> weights = [];
    private readonly List<(ulong Key, double Weight)> sorted = [];

    public void Add(ulong key, ulong weight) => CollectionsMarshal.GetValueRefOrAddDefault(weights, key, out _) += weight;

    public void Remove(ulong key) => weights.Remove(key);

    public int Count => weights.Count;

    /// <summary>Multiplies all weights; forgets what weighs less than a byte.</summary>
    public void Decay(double factor)
    {
        foreach (ulong key in weights.Keys)
        {
            ref double weight = ref CollectionsMarshal.GetValueRefOrNullRef(weights, key);
            weight *= factor;
            // To remove the current key is allowed while a dictionary is enumerated.
            if (weight < 1) weights.Remove(key);
        }
    }

    /// <summary>All keys, the heaviest first, after the lightest beyond the maximum were forgotten. Valid until the next call.</summary>
    public List<(ulong Key, double Weight)> Sorted()
    {
        sorted.Clear();
        foreach ((ulong key, double weight) in weights) sorted.Add((key, weight));
        sorted.Sort(static (a, b) => b.Weight.CompareTo(a.Weight));
        if (sorted.Count > maximum)
        {
            for (int at = maximum; at < sorted.Count; at++) weights.Remove(sorted[at].Key);
            sorted.RemoveRange(maximum, sorted.Count - maximum);
        }
        return sorted;
    }
}
