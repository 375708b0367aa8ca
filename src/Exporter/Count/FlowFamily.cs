using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// The one owner of the series of a family: gives each label triple its row at first sight, up to the limit; what comes later shares
/// row 0, the remainder. Workers keep the sums; a total is only ever the sum over the rows.
/// </summary>
internal sealed class FlowFamily : IFlowFamily
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, int> rows = [];
    private readonly Registry<FlowSeries> series = new();
    private readonly List<FamilyShard> shards = [];
    private readonly Registries names;
    private volatile FlatTable? full;

    public FlowFamily(Registries names, int limit, long now)
    {
        this.names = names;
        Limit = limit;
        series.Add(_ => new FlowSeries(ReservedLabels.Other, ReservedLabels.Other, ReservedLabels.Other, now));
    }

    public int Limit { get; }
    public int Count => series.Count;
    public long Folded => Shards().Sum(shard => shard.Folded);
    public FlowSeries Series(int row) => series[row];

    /// <summary>All rows by key once the family is full and nothing is added any more; until then null. Read without a lock.</summary>
    internal FlatTable? Full => full;

    /// <summary>A shard of counted samples for one worker.</summary>
    public FlowShard NewShard() => Add(new FlowShard(this, names.Endpoints));

    /// <summary>A shard of acknowledged bytes for one worker; a family has shards of one sort.</summary>
    public AcknowledgedShard NewAcknowledgedShard() => Add(new AcknowledgedShard(this, names.Endpoints));

    /// <summary>The row of a label triple: its own, or 0 when the family is full.</summary>
    internal int RowOf(int source, int destination, int service, long now)
    {
        ulong key = Key(source, destination, service);
        lock (gate)
        {
            if (rows.TryGetValue(key, out int row)) return row;
            if (full is not null) return 0;
            row = series.Count;
            series.Add(_ => new FlowSeries(names.Namespaces[source], names.Namespaces[destination], names.Services[service], now));
            rows.Add(key, row);
            if (series.Count == Limit) full = Seal();
            return row;
        }
    }

    public void Read(Span<FlowTotals> totals)
    {
        totals.Clear();
        foreach (FamilyShard shard in Shards()) shard.AddTo(totals);
    }

    /// <summary>20 bits for each namespace label, 24 for the service: more names than any cluster has.</summary>
    internal static ulong Key(int source, int destination, int service) => (ulong)(uint)source << 44 | (ulong)(uint)destination << 24 | (uint)service;

    private FlatTable Seal()
    {
        FlatTable table = new(rows.Count);
        foreach ((ulong key, int row) in rows) table.TryAdd(0, key, row);
        return table;
    }

    private T Add<T>(T shard) where T : FamilyShard
    {
        lock (gate) shards.Add(shard);
        return shard;
    }

    private FamilyShard[] Shards()
    {
        lock (gate) return [.. shards];
    }
}
