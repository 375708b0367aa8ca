using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// One worker's sums of a family by slot; written by that worker only, read by any scrape. The slot of a key comes from the family's directory,
/// or for newer keys from a table of the worker's own.
/// </summary>
internal abstract class FamilyShard
{
    /// <summary>Keys that a batch asks the family for in vain, before it stops asking: the family's lock is for newcomers only.</summary>
    private const int Patience = 4;

    private readonly Family family;
    private readonly FlatTable recent = new(64);
    private readonly CandidateTable[] candidates;
    private FamilyDirectory directory;
    private FlatTable slots;
    private CandidateTable? candidate;
    private FlowSums[] sums;
    private int refusals;

    protected FamilyShard(Family family, bool hasExemplars)
    {
        // Captures have no scrapes.
        if (hasExemplars && family.IsBounded) Exemplars = new Exemplars(family.Capacity);
        this.family = family;
        directory = family.Directory;
        slots = recent;
        sums = new FlowSums[family.Capacity];
        candidates = family.IsBounded ? [new CandidateTable(Family.Candidates), new CandidateTable(Family.Candidates)] : [];
    }

    /// <summary>Recent samples by slot; null for families without exemplars.</summary>
    internal Exemplars? Exemplars { get; }

    /// <summary>Counts a batch.</summary>
    /// <param name="flows">The samples.</param>
    /// <param name="epoch">The epoch that the worker has entered.</param>
    public void Count(ReadOnlySpan<Flow> flows, long epoch)
    {
        FamilyDirectory current = family.Directory;
        if (current.Number != directory.Number)
        {
            directory = current;
            slots = current.Slots;
            recent.Clear();
        }
        if (candidates.Length > 0) candidate = candidates[epoch & 1];
        refusals = 0;
        Count(flows);
    }

    protected abstract void Count(ReadOnlySpan<Flow> flows);

    /// <summary>The candidates of an epoch that no worker is in any more.</summary>
    internal void MoveCandidates(long epoch, CandidateWeights sum) => candidates[epoch & 1].MoveTo(sum);

    internal FlowTotals Totals(int slot)
    {
        FlowSums[] now = Volatile.Read(ref sums);
        return slot < now.Length ? now[slot].Totals : default;
    }

    /// <summary>Empties a slot that no worker adds to.</summary>
    internal void Clear(int slot)
    {
        sums[slot] = default;
        Exemplars?.Clear(slot);
    }

    /// <summary>The slot of a key; 0 is the remainder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int SlotOf(ulong key) => slots.TryFind(0, key, out int slot) ? slot : -1;

    /// <summary>The slot of a key that the directory does not have.</summary>
    /// <param name="key">The key.</param>
    /// <param name="weight">Bytes that the sample adds.</param>
    /// <param name="sample">The sample.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected int NewSlotOf(ulong key, ulong weight, in Flow sample)
    {
        if (recent.TryFind(0, key, out int slot)) return slot;
        bool stranger = family.IsStranger(sample);
        if (family.MayHaveRoom && refusals < Patience)
        {
            slot = family.SlotOf(key, sample.TimestampNanoseconds, stranger);
            if (slot != SeriesSlots.Others)
            {
                if (slot >= sums.Length) Grow(slot);
                recent.TryAdd(0, key, slot);
                return slot;
            }
            refusals++;
        }
        if (!stranger && !family.IsDoubtful(key)) candidate?.Add(key, weight);
        return SeriesSlots.Others;
    }

    /// <summary>The sums of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ref FlowSums Sums(int slot) => ref sums[slot];

    private void Grow(int slot)
    {
        FlowSums[] grown = new FlowSums[Math.Max(slot + 1, sums.Length * 2)];
        Array.Copy(sums, grown, sums.Length);
        Volatile.Write(ref sums, grown);
    }
}

/// <summary>The shard of a definition.</summary>
internal sealed class FamilyShard<TDefinition>(Family family, TDefinition definition, ulong mask) : FamilyShard(family, TDefinition.HasExemplars)
    where TDefinition : struct, IFamilyDefinition<TDefinition>
{
    private const int Block = 64, NoSlot = -1;

    private uint blocks;

    protected override void Count(ReadOnlySpan<Flow> flows)
    {
        for (; flows.Length > Block; flows = flows[Block..]) CountBlock(flows[..Block]);
        CountBlock(flows);
    }

    private void CountBlock(ReadOnlySpan<Flow> flows)
    {
        // First all slots, then all sums: what one look-up waits for in the memory, the next ones wait for at the same time.
        Span<int> found = stackalloc int[Block];
        for (int at = 0; at < flows.Length; at++)
        {
            ref readonly Flow sample = ref flows[at];
            int slot = NoSlot;
            if (definition.TryKey(sample, out ulong key))
            {
                key &= mask;
                slot = SlotOf(key);
                if (slot < 0) slot = NewSlotOf(key, definition.WeightOf(sample), sample);
            }
            found[at] = slot;
        }
        for (int at = 0; at < flows.Length; at++)
            if (found[at] != NoSlot) definition.Add(ref Sums(found[at]), flows[at]);
        if (TDefinition.HasExemplars && Exemplars is { } exemplars) Choose(exemplars, found[..flows.Length], flows);
    }

    /// <summary>One sample a block, each time at another place, so that every series gets one in time.</summary>
    private void Choose(Exemplars exemplars, ReadOnlySpan<int> found, ReadOnlySpan<Flow> flows)
    {
        if (found.IsEmpty) return;
        int at = (int)(blocks++ % (uint)found.Length);
        if (found[at] > SeriesSlots.Others) exemplars.Set(found[at], flows[at]);
    }
}
