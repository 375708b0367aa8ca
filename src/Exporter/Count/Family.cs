using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>
/// The one owner of the rows of a family: gives each key its row at first sight, up to the limit; what comes later shares row 0, the
/// remainder. Workers keep the sums; a total is only ever the sum over the rows.
/// </summary>
internal abstract class Family : IFamily
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, int> rows = [];
    private readonly Registry<FamilyRow> series = new();
    private readonly List<FamilyShard> shards = [];
    private volatile FlatTable? full;

    protected Family(string name, IReadOnlyList<string> labels, IReadOnlyList<FamilyColumn> columns, int limit, long now)
    {
        (Name, Labels, Columns, Limit) = (name, labels, columns, limit);
        series.Add(_ => new FamilyRow([.. labels.Select(_ => ReservedLabels.Other)], now));
    }

    public string Name { get; }
    public IReadOnlyList<string> Labels { get; }
    public IReadOnlyList<FamilyColumn> Columns { get; }
    public int Limit { get; }
    public int Count => series.Count;
    public long Folded => Shards().Sum(shard => shard.Folded);
    public FamilyRow Row(int row) => series[row];

    /// <summary>All rows by key once the family is full and nothing is added any more; until then null. Read without a lock.</summary>
    internal FlatTable? Full => full;

    /// <summary>A shard for one more worker.</summary>
    public FamilyShard NewShard()
    {
        FamilyShard shard = Make();
        lock (gate) shards.Add(shard);
        return shard;
    }

    public void Read(Span<FlowTotals> sums)
    {
        sums.Clear();
        foreach (FamilyShard shard in Shards()) shard.AddTo(sums);
    }

    /// <summary>The row of a key: its own, or 0 when the family is full.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">Birth of the row if it is new, in nanoseconds of Unix time.</param>
    internal int RowOf(ulong key, long now)
    {
        lock (gate)
        {
            if (rows.TryGetValue(key, out int row)) return row;
            if (full is not null) return 0;
            row = series.Count;
            series.Add(_ => new FamilyRow(ValuesOf(key), now));
            rows.Add(key, row);
            if (series.Count == Limit) full = Seal();
            return row;
        }
    }

    protected abstract FamilyShard Make();

    protected abstract string[] ValuesOf(ulong key);

    private FlatTable Seal()
    {
        FlatTable table = new(rows.Count);
        foreach ((ulong key, int row) in rows) table.TryAdd(0, key, row);
        return table;
    }

    private FamilyShard[] Shards()
    {
        lock (gate) return [.. shards];
    }
}

/// <summary>The family of a definition.</summary>
internal sealed class Family<TDefinition>(Registries names, int limit, long now) : Family(TDefinition.Name, TDefinition.Labels, TDefinition.Columns, limit, now)
    where TDefinition : struct, IFamilyDefinition<TDefinition>
{
    private readonly TDefinition definition = TDefinition.Create(names);

    public Family(Registries names, CountOptions options, long now)
        : this(names, TDefinition.Limit(options), now)
    {
    }

    protected override FamilyShard Make() => new FamilyShard<TDefinition>(this, definition);

    protected override string[] ValuesOf(ulong key) => definition.ValuesOf(key);
}
