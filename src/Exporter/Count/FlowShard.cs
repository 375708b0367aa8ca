using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>One worker's sums, dense by row; written by that worker only, read by any scrape.</summary>
internal sealed class FlowShard : IFlowStage
{
    private readonly FlowFamily family;
    private readonly EndpointRegistry endpoints;
    private readonly FlatTable rows = new(1024);
    private readonly FlowTotals[] totals;
    private long folded;

    internal FlowShard(FlowFamily family, EndpointRegistry endpoints)
    {
        this.family = family;
        this.endpoints = endpoints;
        totals = new FlowTotals[family.Limit];
    }

    /// <summary>Samples that went to the remainder.</summary>
    public long Folded => Volatile.Read(ref folded);

    public void Process(Span<FlowRecord> records)
    {
        foreach (ref readonly FlowRecord record in records)
        {
            if (!record.Counted) continue;
            ref FlowTotals sum = ref totals[RowOf(record)];
            sum.Bytes += record.Bytes;
            sum.Packets += record.Packets;
            sum.Samples++;
        }
    }

    public void Idle()
    {
    }

    internal void AddTo(Span<FlowTotals> sums)
    {
        for (int row = 0; row < sums.Length; row++)
        {
            ref FlowTotals own = ref totals[row];
            sums[row] += new FlowTotals(own.Bytes, own.Packets, own.Samples);
        }
    }

    private int RowOf(in FlowRecord record)
    {
        int source = endpoints[record.SourceEndpoint].LabelId, destination = endpoints[record.DestinationEndpoint].LabelId;
        ulong key = FlowFamily.Key(source, destination, record.ServerService);
        if (rows.TryFind(0, key, out int row)) return row;
        if (family.Full is FlatTable full) _ = full.TryFind(0, key, out row);
        else row = family.RowOf(source, destination, record.ServerService, record.TimestampNanoseconds);
        if (row == 0) folded++; else rows.TryAdd(0, key, row);
        return row;
    }
}
