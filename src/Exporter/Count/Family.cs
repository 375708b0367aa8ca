using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// The one owner of the series of a family. While there is room, a key gets a series at its first sample. When the family is full, the
/// <see cref="FamilyBalance"/> decides which keys are heavy enough. Workers keep the sums; what belongs to no series is counted in the
/// remainder, so the sum over the family is always the total.
/// </summary>
internal abstract class Family : IFamily
{
    /// <summary>Keys without a series whose weight each worker follows in an epoch.</summary>
    public const int Candidates = 4_096;

    /// <summary>Maximum groups of one key.</summary>
    public const int MaximumGroups = 4;

    private readonly Lock gate = new(), turn = new();
    private readonly SeriesSlots slots;
    private readonly SeriesGroups groups;
    private readonly FamilyBalance? balance;
    private readonly FamilyLimits limits;
    private readonly NodeRegistry nodes;
    private readonly int reserve;
    private volatile FamilyShard[] shards = [];
    private volatile FamilyDirectory directory = new(0, new FlatTable());
    private readonly HashSet<ulong> strangers = [];
    private readonly DoubtfulKeys doubtful;

    protected Family(string name, IReadOnlyList<string> labels, IReadOnlyList<FamilyColumn> columns, FamilyLimits limits, NodeRegistry nodes, long now)
    {
        (Name, Labels, Columns, this.limits, this.nodes) = (name, labels, columns, limits, nodes);
        int keys = limits.Series == int.MaxValue ? int.MaxValue : limits.Series - SeriesSlots.First;
        slots = new SeriesSlots(keys);
        groups = new SeriesGroups(keys);
        doubtful = new DoubtfulKeys(keys / 16);
        slots.SetRemainder(SeriesSlots.Others, new FamilyRow([.. labels.Select(_ => ReservedLabels.Other)], now));
        if (keys == int.MaxValue) return;
        reserve = keys / 8;
        balance = new FamilyBalance(this, keys, limits.Idle);
    }

    public string Name { get; }
    public IReadOnlyList<string> Labels { get; }
    public IReadOnlyList<FamilyColumn> Columns { get; }
    public int Limit => limits.Series;
    public int Count => slots.Count + (slots.Row(SeriesSlots.Former) is null ? 1 : 2);
    public long Folded => Shards.Sum(shard => (long)shard.Totals(SeriesSlots.Others).Samples);
    public long Displaced => balance?.Displaced ?? 0;
    public long Expired => balance?.Expired ?? 0;

    internal bool IsBounded => balance is not null;
    internal FamilyDirectory Directory => directory;
    internal int Capacity => SeriesSlots.Capacity(limits.Series == int.MaxValue ? int.MaxValue : limits.Series - SeriesSlots.First);
    internal FamilyShard[] Shards => shards;

    /// <summary>False when the family is surely full. Read without the lock, so true is only a hint.</summary>
    internal bool MayHaveRoom => slots.Room > 0;

    /// <summary>A shard for one more worker.</summary>
    public FamilyShard NewShard()
    {
        FamilyShard shard = Make();
        lock (gate) shards = [.. shards, shard];
        return shard;
    }

    public void Read(FamilyReading reading)
    {
        lock (turn)
        {
            int used = slots.Used;
            (Memory<FamilyRow?> rows, Memory<FlowTotals> sums) = reading.Begin(used);
            Span<FlowTotals> totals = sums.Span;
            foreach (FamilyShard shard in Shards)
                for (int slot = 0; slot < used; slot++) totals[slot] += shard.Totals(slot);
            // Rows after sums: a worker sets the row of a new slot before it adds to it.
            Interlocked.MemoryBarrier();
            balance?.MoveFormer(totals);
            int count = 0;
            for (int slot = 0; slot < used; slot++)
            {
                rows.Span[slot] = slots.Row(slot);
                if (rows.Span[slot] is not null) count++;
            }
            reading.End(count);
        }
    }

    public bool TryExemplar(int slot, out Flow sample)
    {
        sample = default;
        bool some = false;
        foreach (FamilyShard shard in Shards)
        {
            if (shard.Exemplars is not { } exemplars || !exemplars.TryRead(slot, out Flow own) || some && own.TimestampNanoseconds <= sample.TimestampNanoseconds) continue;
            (sample, some) = (own, true);
        }
        return some;
    }

    /// <summary>Decides anew which keys have a series. Called for one family after the other, while all workers are in the current epoch or in none.</summary>
    internal void Balance(long epoch, long steadyNow, long now)
    {
        if (balance is null) return;
        lock (turn) balance.Run(slots, gate, epoch, steadyNow, now);
    }

    /// <summary>Whether the sample comes from an agent that is on no node of the cluster. Without a cluster all agents are equal.</summary>
    internal bool IsStranger(in Flow sample) => sample.ObserverNode < 0 && nodes.Count > 0;

    /// <summary>The slot of a key: its own, or 0 where there is no room for it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">Birth of the series if it is new, in nanoseconds of Unix time.</param>
    /// <param name="stranger">Whether an agent outside the cluster asks. Such agents can take an eighth of the places.</param>
    internal int SlotOf(ulong key, long now, bool stranger)
    {
        lock (gate)
        {
            if (slots.TryFind(key, out int slot)) return slot;
            if (IsBounded && !HasRoom(key, stranger)) return SeriesSlots.Others;
            if (stranger) strangers.Add(key);
            if (IsBounded && IsDoubtful(key)) doubtful.Add(key, PairOf(key));
            return Open(key, now);
        }
    }

    /// <summary>Gives a key a series. The caller holds the lock.</summary>
    internal int Open(ulong key, long now)
    {
        Span<SeriesGroup> its = stackalloc SeriesGroup[MaximumGroups];
        groups.Add(its[..GroupsOf(key, its)], 1);
        return slots.Take(key, new FamilyRow(ValuesOf(key), now) { Key = key });
    }

    /// <summary>Takes the series of a slot away. The caller holds the lock.</summary>
    internal void Close(int slot)
    {
        Span<SeriesGroup> its = stackalloc SeriesGroup[MaximumGroups];
        groups.Add(its[..GroupsOf(slots.Key(slot), its)], -1);
        strangers.Remove(slots.Key(slot));
        doubtful.Remove(slots.Key(slot));
        slots.Release(slot);
    }

    /// <summary>How much the groups of a key would exceed their quotas with some more series; 1 for not at all.</summary>
    internal double Crowding(ulong key, int more)
    {
        Span<SeriesGroup> its = stackalloc SeriesGroup[MaximumGroups];
        return groups.Crowding(its[..GroupsOf(key, its)], more);
    }

    /// <summary>Publishes the present slots to the workers.</summary>
    internal void Publish(FlatTable table) => directory = new FamilyDirectory(directory.Number + 1, table);

    /// <summary>Whether the key may be part of a scan (<see cref="IFamilyDefinition{TSelf}.IsDoubtful"/>).</summary>
    internal abstract bool IsDoubtful(ulong key);

    protected abstract FamilyShard Make();

    protected abstract string[] ValuesOf(ulong key);

    protected abstract int GroupsOf(ulong key, Span<SeriesGroup> its);

    /// <summary>The first group of a key that can be doubtful is its pair.</summary>
    private ulong PairOf(ulong key)
    {
        Span<SeriesGroup> its = stackalloc SeriesGroup[MaximumGroups];
        return GroupsOf(key, its) > 0 ? its[0].Id : 0;
    }

    /// <summary>
    /// The last eighth of the places is for keys whose groups keep their quotas. Strangers have an eighth at most; for doubtful keys see
    /// <see cref="DoubtfulKeys"/>.
    /// </summary>
    private bool HasRoom(ulong key, bool stranger)
    {
        if (slots.Room == 0 || stranger && strangers.Count >= reserve) return false;
        if (IsDoubtful(key) && !doubtful.HasRoom(PairOf(key)))
        {
            doubtful.RemoveProven(IsDoubtful);
            if (!doubtful.HasRoom(PairOf(key))) return false;
        }
        return slots.Room > reserve || Crowding(key, 1) <= 1;
    }
}
