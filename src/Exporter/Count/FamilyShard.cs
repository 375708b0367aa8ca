using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>One worker's sums, dense by row; written by that worker only, read by any scrape.</summary>
internal abstract class FamilyShard : IFlowStage
{
    private readonly FlowFamily family;
    private readonly FlatTable rows = new(1024);
    private readonly FlowTotals[] totals;
    private long folded;

    protected FamilyShard(FlowFamily family, EndpointRegistry endpoints)
    {
        this.family = family;
        Endpoints = endpoints;
        totals = new FlowTotals[family.Limit];
    }

    /// <summary>Samples that went to the remainder.</summary>
    public long Folded => Volatile.Read(ref folded);

    protected EndpointRegistry Endpoints { get; }

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

    /// <summary>The row of a label triple; 0 is the remainder.</summary>
    /// <param name="source">Id of the label <c>source_namespace</c>.</param>
    /// <param name="destination">Id of the label <c>destination_namespace</c>.</param>
    /// <param name="service">Id of the label <c>server_service</c>.</param>
    /// <param name="now">Birth of the series if it is new, in nanoseconds of Unix time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int Row(int source, int destination, int service, long now)
    {
        ulong key = FlowFamily.Key(source, destination, service);
        // Once the family is full, its own table has all rows and is written no more.
        FlatTable? full = family.Full;
        if ((full ?? rows).TryFind(0, key, out int row)) return row;
        if (full is null) return NewRow(key, source, destination, service, now);
        folded++;
        return 0;
    }

    /// <summary>The sums of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected ref FlowTotals Sums(int row) => ref totals[row];

    private int NewRow(ulong key, int source, int destination, int service, long now)
    {
        int row = family.RowOf(source, destination, service, now);
        if (row == 0) folded++; else rows.TryAdd(0, key, row);
        return row;
    }
}
