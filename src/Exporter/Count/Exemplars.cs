using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// A recent sample of each series, as one worker saw it: the way from a counter to a record. The worker writes one a batch; a reader that meets a
/// write gets none.
/// </summary>
internal sealed class Exemplars(int slots)
{
    private struct Entry
    {
        /// <summary>Odd while the sample is written; 0 for none.</summary>
        public int Version;
        public Flow Sample;
    }

    private readonly Entry[] entries = new Entry[slots];

    public void Set(int slot, in Flow sample)
    {
        ref Entry entry = ref entries[slot];
        int version = entry.Version;
        Volatile.Write(ref entry.Version, version + 1);
        Interlocked.MemoryBarrier();
        entry.Sample = sample;
        Volatile.Write(ref entry.Version, version + 2 == 0 ? 2 : version + 2);
    }

    public bool TryRead(int slot, out Flow sample)
    {
        ref Entry entry = ref entries[slot];
        int version = Volatile.Read(ref entry.Version);
        sample = entry.Sample;
        Interlocked.MemoryBarrier();
        return version != 0 && (version & 1) == 0 && Volatile.Read(ref entry.Version) == version;
    }

    /// <summary>Forgets the sample of a slot that no worker adds to.</summary>
    public void Clear(int slot) => entries[slot].Version = 0;
}
