using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// Decides which keys of a full family have a series: the heaviest of the last minutes. The weight of a key is its bytes with a half-life of two
/// minutes. A key without a series takes the place of the lightest series if it is clearly heavier. What the former series had counted moves to
/// the remainder. Series of crowded groups weigh less (<see cref="SeriesGroup"/>).
/// </summary>
internal sealed class FamilyBalance(Family family, int maximum, TimeSpan idle)
{
    private const double HalfLifeSeconds = 120;

    /// <summary>A newcomer must weigh this much more, so that two of equal weight do not take turns.</summary>
    private const double Margin = 1.25;

    /// <summary>A whole table can change at once, then one in this time: each change costs Prometheus a new series.</summary>
    private const double RenewalSeconds = 600;

    /// <summary>Changes that even the smallest family can have at once.</summary>
    private const int FewestChanges = 16;

    private readonly CandidateWeights candidates = new(Math.Max(1_024, Math.Min(maximum, 16_384)));
    private readonly SeriesWeights weights = new();
    private readonly List<int> waiting = [];
    private readonly List<(double Weight, int Slot)> lightest = [];
    private readonly FlatTable[] tables = [new FlatTable(64), new FlatTable(64)];
    private FlowTotals former;
    private readonly double mostChanges = Math.Max(FewestChanges, maximum);
    private double budget = Math.Max(FewestChanges, maximum);
    private long lastRun, published;

    public long Displaced { get; private set; }
    public long Expired { get; private set; }

    /// <summary>One run; see <see cref="Family.Balance"/>.</summary>
    /// <param name="slots">Slots of the family.</param>
    /// <param name="gate">Guards them.</param>
    /// <param name="epoch">The epoch that all workers have reached.</param>
    /// <param name="steadyNow">Nanoseconds of the steady clock.</param>
    /// <param name="now">Nanoseconds of Unix time: birth of new series.</param>
    public void Run(SeriesSlots slots, Lock gate, long epoch, long steadyNow, long now)
    {
        double seconds = lastRun == 0 ? 0 : Math.Max(0, (steadyNow - lastRun) / 1e9);
        lastRun = steadyNow;
        Reclaim(slots, gate);
        foreach (FamilyShard shard in family.Shards) shard.MoveCandidates(epoch - 1, candidates);
        double decay = Math.Pow(2, -seconds / HalfLifeSeconds);
        candidates.Decay(decay);
        weights.Update(slots, family.Shards, decay, steadyNow);
        budget = Math.Min(mostChanges, budget + (seconds * mostChanges / RenewalSeconds));
        int before = waiting.Count;
        lock (gate)
        {
            Expire(slots, steadyNow);
            Admit(slots, steadyNow, now);
            if (waiting.Count > before) slots.SetRemainder(SeriesSlots.Former, Former(now));
            Publish(slots);
        }
    }

    /// <summary>Moves the sums of slots that were taken away to the remainder, where they belong from then on.</summary>
    public void MoveFormer(Span<FlowTotals> totals)
    {
        totals[SeriesSlots.Former] += former;
        foreach (int slot in waiting)
        {
            totals[SeriesSlots.Former] += totals[slot];
            totals[slot] = default;
        }
    }

    /// <summary>No worker adds to the waiting slots any more, so they can be emptied and given away.</summary>
    private void Reclaim(SeriesSlots slots, Lock gate)
    {
        foreach (int slot in waiting)
        {
            foreach (FamilyShard shard in family.Shards)
            {
                former += shard.Totals(slot);
                shard.Clear(slot);
            }
        }
        lock (gate)
            foreach (int slot in waiting) slots.Free(slot);
        waiting.Clear();
    }

    private void Expire(SeriesSlots slots, long steadyNow)
    {
        if (idle == TimeSpan.Zero) return;
        long oldest = steadyNow - (idle.Ticks * TimeSpan.NanosecondsPerTick);
        int spare = SeriesSlots.Spare(maximum);
        for (int slot = SeriesSlots.First; slot < slots.Used && waiting.Count < spare; slot++)
        {
            if (slots.Row(slot) is not { } row || !weights.Has(slot, row) || weights.LastActive(slot) > oldest) continue;
            Close(slot);
            Expired++;
        }
    }

    private void Admit(SeriesSlots slots, long steadyNow, long now)
    {
        lightest.Clear();
        int spare = SeriesSlots.Spare(maximum), next = 0;
        foreach ((ulong key, double weight) in candidates.Sorted())
        {
            if (slots.TryFind(key, out _))
            {
                candidates.Remove(key);
                continue;
            }
            double own = weight / family.Crowding(key, 1);
            if (slots.Room == 0)
            {
                if (budget < 1 || waiting.Count >= spare) break;
                if (lightest.Count == 0) Weigh(slots);
                if (next == lightest.Count || own <= lightest[next].Weight * Margin) continue;
                Close(lightest[next++].Slot);
                Displaced++;
                budget--;
            }
            weights.Begin(family.Open(key, now), weight, steadyNow);
            candidates.Remove(key);
        }
    }

    /// <summary>All series by their weight in their groups, the lightest first.</summary>
    private void Weigh(SeriesSlots slots)
    {
        for (int slot = SeriesSlots.First; slot < slots.Used; slot++)
            if (slots.Row(slot) is { } row && weights.Has(slot, row)) lightest.Add((weights[slot] / family.Crowding(slots.Key(slot), 0), slot));
        lightest.Sort(static (a, b) => a.Weight.CompareTo(b.Weight));
    }

    private void Close(int slot)
    {
        family.Close(slot);
        waiting.Add(slot);
    }

    /// <summary>
    /// The remainder's part for former series. Its last label has the time of the latest change, so each change begins a new series for Prometheus: the
    /// increase of a counter must not include what another series had counted before.
    /// </summary>
    private FamilyRow Former(long now)
    {
        string[] values = [.. family.Labels.Select(_ => ReservedLabels.Other)];
        values[^1] = ReservedLabels.Former(DateTimeOffset.FromUnixTimeMilliseconds(now / 1_000_000));
        return new FamilyRow(values, 0);
    }

    private void Publish(SeriesSlots slots)
    {
        if (slots.Changes == published) return;
        published = slots.Changes;
        FlatTable table = ReferenceEquals(family.Directory.Slots, tables[0]) ? tables[1] : tables[0];
        table.Clear();
        foreach ((ulong key, int slot) in slots.Keys) table.TryAdd(0, key, slot);
        family.Publish(table);
    }
}
