using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Sums of all rows of the family at one moment.</summary>
/// <param name="Timestamp">Of <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Rows">One element per row that existed at that moment.</param>
/// <param name="Total">Sum over the rows.</param>
internal sealed record FlowSnapshot(long Timestamp, FlowTotals[] Rows, FlowTotals Total)
{
    /// <summary>Zero for rows that were added later.</summary>
    public FlowTotals this[int row] => row < Rows.Length ? Rows[row] : default;
}

/// <summary>Snapshots of the counted flows in the last minute, for rates. Bounded by the number of snapshots and the series limit.</summary>
internal sealed class FlowHistory(IReadOnlyList<IFamily> families, TimeProvider time)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly int Kept = (int)(Longest / Every) + 1;

    private readonly IFamily flows = families.Named(FamilyNames.Flow);
    private volatile FlowSnapshot[] snapshots = [];

    /// <summary>Oldest first. Immutable once returned.</summary>
    public IReadOnlyList<FlowSnapshot> Snapshots => snapshots;

    /// <summary>Adds a snapshot of the current sums. Called by one thread.</summary>
    public FlowSnapshot Take()
    {
        FlowTotals[] rows = flows.Read();
        FlowTotals total = default;
        foreach (FlowTotals row in rows) total += row;
        FlowSnapshot taken = new(time.GetTimestamp(), rows, total);
        snapshots = [.. snapshots.TakeLast(Kept - 1), taken];
        return taken;
    }

    public TimeSpan Between(FlowSnapshot earlier, FlowSnapshot later) => time.GetElapsedTime(earlier.Timestamp, later.Timestamp);

    /// <summary>The newest snapshot and one about this much older, or less while the history is short.</summary>
    public FlowWindow Window(TimeSpan length)
    {
        FlowSnapshot[] history = snapshots;
        if (history.Length == 0) return default;
        FlowSnapshot newest = history[^1];
        FlowSnapshot oldest = history.First(snapshot => Between(snapshot, newest) <= length + (Every / 2));
        return new FlowWindow(oldest, newest, Between(oldest, newest).TotalSeconds);
    }
}

/// <summary>Two snapshots and the seconds between them. Without snapshots every rate is zero.</summary>
internal readonly record struct FlowWindow(FlowSnapshot? From, FlowSnapshot? To, double Seconds)
{
    /// <summary>Growth of a row in the window.</summary>
    public FlowTotals Grown(int row) => From is null || To is null ? default : To[row].Less(From[row]);
}

internal static class FlowTotalsDifference
{
    /// <summary>Growth since the first snapshot. Totals never decrease.</summary>
    public static FlowTotals Less(this FlowTotals now, FlowTotals before) =>
        new(now.Bytes - before.Bytes, now.Packets - before.Packets, now.Samples - before.Samples,
            now.BytesVariance - before.BytesVariance, now.PacketsVariance - before.PacketsVariance);
}
