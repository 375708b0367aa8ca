using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch.RollUp;

/// <summary>
/// Combines the records of a conversation within a window into one. Windows are multiples of their length since 1970, so that every exporter has the same.
/// A window closes when it is over, when the limit of conversations is reached, or at the stop. One thread uses it.
/// </summary>
internal sealed class Rollup
{
    /// <summary>Time after the end of a window in which its last records arrive: workers hand on partial batches after a second without traffic.</summary>
    private const long Grace = 2 * UnixTime.Second;

    private readonly Dictionary<RollupKey, RolledFlow> open = [];
    private readonly Queue<(RollupKey Key, RolledFlow Group)> closed = [];
    private readonly Stack<RolledFlow> free = [];
    private readonly RollupIdentity identity;
    private readonly RollupStats stats;
    private readonly long length;
    private readonly int limit;

    /// <summary>Windows that begin before this have other documents: of a previous run, or by an earlier close.</summary>
    private long dividedUntil;

    public Rollup(ElasticsearchOptions options, Registries names, RollupStats stats, TimeProvider time)
    {
        (this.stats, length, limit) = (stats, options.RollupWindow.ToNanoseconds(), options.RollupConversations);
        identity = new RollupIdentity(names);
        dividedUntil = WindowOf(time.GetUtcNow().ToUnixNanoseconds()) + length;
    }

    /// <summary>The next combined records to be written; null if there are none.</summary>
    public RolledFlow? Next => closed.TryPeek(out (RollupKey, RolledFlow Group) next) ? next.Group : null;

    /// <summary>Records in it that are not written.</summary>
    public long Records => open.Values.Sum(group => (long)group.Samples) + closed.Sum(next => (long)next.Group.Samples);

    /// <summary>When the oldest open window closes, in nanoseconds of Unix time; null without one.</summary>
    public long? NextClose { get; private set; }

    public void Add(in Flow record)
    {
        long window = WindowOf(record.TimestampNanoseconds);
        RollupKey key = new(record, window);
        if (!open.TryGetValue(key, out RolledFlow? group))
        {
            if (open.Count == limit) CloseAll(RollupClose.Limit);
            if (!free.TryPop(out group)) group = new RolledFlow();
            group.Begin(record);
            open.Add(key, group);
            stats.Conversations = open.Count;
            NextClose = Math.Min(NextClose ?? long.MaxValue, window + length + Grace);
        }
        group.Add(record);
    }

    /// <summary>Closes the windows that are over at this time.</summary>
    public void Close(long now)
    {
        if (NextClose is not { } next || next > now) return;
        Close(window => window + length + Grace <= now, RollupClose.Window);
    }

    public void CloseAll(RollupClose reason) => Close(_ => true, reason);

    /// <summary>The next combined records are written.</summary>
    public void Done() => free.Push(closed.Dequeue().Group);

    private void Close(Predicate<long> isOver, RollupClose reason)
    {
        int before = closed.Count;
        long divided = dividedUntil;
        foreach ((RollupKey key, RolledFlow group) in open)
        {
            if (!isOver(key.Window)) continue;
            identity.Give(group, key, key.Window < divided);
            closed.Enqueue((key, group));
            open.Remove(key);
            dividedUntil = Math.Max(dividedUntil, key.Window + length);
        }
        NextClose = open.Count == 0 ? null : open.Keys.Min(key => key.Window) + length + Grace;
        stats.Conversations = open.Count;
        stats.Count(reason, closed.Count - before);
    }

    private long WindowOf(long time) => time - time % length;
}
