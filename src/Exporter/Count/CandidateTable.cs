using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Count;

/// <summary>
/// The heavy keys among those without a series, as one worker sees them in one epoch: Space-Saving (Metwally and others, 2005) in buckets of
/// eight. A new key takes the place of the lightest in its bucket and inherits its weight as error, so weight minus error is a lower
/// bound of the true weight. However many light keys pass, a key that is heavier than they are stays.
/// </summary>
/// <param name="size">Maximum keys; a power of two, at least one bucket.</param>
internal sealed class CandidateTable(int size)
{
    private const int Bucket = 8;

    private struct Entry
    {
        public ulong Key, Weight, Error;
    }

    private readonly Entry[] entries = new Entry[size];
    private bool used;

    /// <summary>Adds weight to a key. A weight of 0 counts as 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(ulong key, ulong weight)
    {
        used = true;
        weight += weight == 0 ? 1UL : 0;
        uint hash = (uint)((key ^ key >> 29) * 0x9E37_79B9_7F4A_7C15 >> 32);
        Span<Entry> bucket = entries.AsSpan((int)(hash & (uint)(entries.Length - 1)) & -Bucket, Bucket);
        int lightest = 0;
        for (int at = 0; at < bucket.Length; at++)
        {
            ref Entry entry = ref bucket[at];
            if (entry.Key == key && entry.Weight != 0)
            {
                entry.Weight += weight;
                return;
            }
            if (entry.Weight < bucket[lightest].Weight) lightest = at;
        }
        ulong error = bucket[lightest].Weight;
        bucket[lightest] = new Entry { Key = key, Weight = error + weight, Error = error };
    }

    /// <summary>Moves all keys with the lower bounds of their weights to the sum, and empties the table.</summary>
    public void MoveTo(CandidateWeights sum)
    {
        if (!used) return;
        used = false;
        foreach (ref Entry entry in entries.AsSpan())
        {
            if (entry.Weight != 0) sum.Add(entry.Key, entry.Weight - entry.Error);
            entry = default;
        }
    }
}
