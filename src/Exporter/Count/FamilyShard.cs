using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>One worker's sums of a family, dense by row; written by that worker only, read by any scrape.</summary>
internal abstract class FamilyShard(Family family) : IFlowStage
{
    private readonly FlatTable rows = new(1024);
    private readonly FlowTotals[] totals = new FlowTotals[family.Limit];
    private long folded;

    /// <summary>Samples that went to the remainder.</summary>
    public long Folded => Volatile.Read(ref folded);

    public FlowParts Reads => FlowParts.Plausibility | FlowParts.Endpoints | FlowParts.Observation | FlowParts.Acknowledged | FlowParts.Burst;

    public abstract void Process(Span<Flow> records);

    public void Idle()
    {
    }

    internal void AddTo(Span<FlowTotals> sums)
    {
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] += totals[row];
        }
    }

    /// <summary>The row of a key; 0 is the remainder.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">Birth of the row if it is new, in nanoseconds of Unix time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int Row(ulong key, long now)
    {
        // Once the family is full, its own table has all rows and is written no more.
        FlatTable? full = family.Full;
        if ((full ?? rows).TryFind(0, key, out int row)) return row;
        if (full is null) return NewRow(key, now);
        folded++;
        return 0;
    }

    /// <summary>The sums of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ref FlowTotals Sums(int row) => ref totals[row];

    private int NewRow(ulong key, long now)
    {
        int row = family.RowOf(key, now);
        if (row == 0) folded++; else rows.TryAdd(0, key, row);
        return row;
    }
}

/// <summary>The shard of a definition.</summary>
internal sealed class FamilyShard<TDefinition>(Family family, TDefinition definition) : FamilyShard(family)
    where TDefinition : struct, IFamilyDefinition<TDefinition>
{
    private const int Block = 64, NoRow = -1;

    public override void Process(Span<Flow> records)
    {
        for (; records.Length > Block; records = records[Block..]) ProcessBlock(records[..Block]);
        ProcessBlock(records);
    }

    private void ProcessBlock(Span<Flow> records)
    {
        // First all rows, then all sums: what one look-up waits for in the memory, the next ones wait for at the same time.
        Span<int> rows = stackalloc int[Block];
        for (int at = 0; at < records.Length; at++)
        {
            ref readonly Flow sample = ref records[at];
            rows[at] = definition.TryKey(sample, out ulong key) ? Row(key, sample.TimestampNanoseconds) : NoRow;
        }
        for (int at = 0; at < records.Length; at++)
            if (rows[at] != NoRow) definition.Add(ref Sums(rows[at]), records[at]);
    }
}
