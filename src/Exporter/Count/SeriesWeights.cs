using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>The weight of each series: its bytes, with the half-life of the family's balance. Written by the balance only.</summary>
internal sealed class SeriesWeights
{
    private struct Entry
    {
        public FamilyRow? Row;
        public double Weight;
        public UInt128 Bytes;
        public ulong Samples;
        public long LastActive;
    }

    private Entry[] entries = new Entry[64];

    public double this[int slot] => entries[slot].Weight;

    /// <summary>Steady time of the last run that saw a new sample of the series.</summary>
    public long LastActive(int slot) => entries[slot].LastActive;

    /// <summary>Whether the last update saw this row. Workers open series at any time.</summary>
    public bool Has(int slot, FamilyRow row) => slot < entries.Length && ReferenceEquals(entries[slot].Row, row);

    /// <summary>A candidate gets a series and keeps its weight.</summary>
    public void Begin(int slot, double weight, long steadyNow)
    {
        Reserve(slot + 1);
        entries[slot] = new Entry { Weight = weight, LastActive = steadyNow };
    }

    /// <summary>Adds what was counted since the last run.</summary>
    public void Update(SeriesSlots slots, FamilyShard[] shards, double decay, long steadyNow)
    {
        int used = slots.Used;
        Reserve(used);
        for (int slot = SeriesSlots.First; slot < used; slot++)
        {
            FamilyRow? row = slots.Row(slot);
            if (row is null) continue;
            FlowTotals now = default;
            foreach (FamilyShard shard in shards) now += shard.Totals(slot);
            ref Entry entry = ref entries[slot];
            if (!ReferenceEquals(entry.Row, row))
            {
                // A series that a worker opened begins without weight, one of a candidate with its weight. Both begin at zero bytes.
                double weight = entry.Row is null ? entry.Weight : 0;
                entry = new Entry { Row = row, Weight = weight, LastActive = steadyNow };
            }
            if (now.Samples != entry.Samples) entry.LastActive = steadyNow;
            entry.Weight = (entry.Weight * decay) + (double)(now.Bytes - entry.Bytes);
            (entry.Bytes, entry.Samples) = (now.Bytes, now.Samples);
        }
    }

    private void Reserve(int count)
    {
        if (count > entries.Length) Array.Resize(ref entries, Math.Max(count, entries.Length * 2));
    }
}
