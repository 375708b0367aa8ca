using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>The rows of the family at one moment.</summary>
/// <param name="Timestamp">Of <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Rows">Rows and sums.</param>
/// <param name="Total">Sum over the rows.</param>
internal sealed record FlowSnapshot(long Timestamp, FamilyReading Rows, FlowTotals Total);

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
        FamilyReading rows = flows.Read();
        FlowSnapshot taken = new(time.GetTimestamp(), rows, rows.Total);
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
    /// <summary>Growth of the row in a slot in the window. The growth over all slots is the growth of the total.</summary>
    public FlowTotals Grown(int slot) => From is null || To is null ? default : new FamilyGrowth(From.Rows, To.Rows)[slot];

    /// <summary>Growth of the rows that are wanted. Rows of the remainder have no namespace, and are never wanted.</summary>
    public FlowTotals Grown(Func<FamilyRow, bool> wanted)
    {
        FlowTotals grown = default;
        for (int slot = 0; slot < To?.Rows.Slots; slot++)
            if (To.Rows.Row(slot) is { IsRemainder: false } row && wanted(row)) grown += Grown(slot);
        return grown;
    }
}
