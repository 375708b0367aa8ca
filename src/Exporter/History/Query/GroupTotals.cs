using System.Runtime.InteropServices;

namespace SFlow.Exporter.History.Query;

/// <summary>Sums of each group over a range, what matches without names, and where the history has gaps.</summary>
/// <param name="groups">Groups of the rows.</param>
/// <param name="range">The range that is scanned.</param>
/// <param name="coverage">Where the history has data; null without any.</param>
internal sealed class GroupTotals(HistoryGroups groups, HistoryRange range, HistoryCoverage? coverage) : IHistoryVisitor
{
    private readonly List<HistorySums> totals = [];
    private readonly List<(long From, long To)> gaps = [];
    private HistorySums unnamed, seen;
    private long next = Math.Max(range.From, coverage?.From ?? range.To), coveredMilliseconds;

    /// <summary>Sums by the number of the group.</summary>
    public ReadOnlySpan<HistorySums> Groups => CollectionsMarshal.AsSpan(totals);

    /// <summary>What has no names in the history, whether it belongs to the answer or not.</summary>
    public HistorySums Unnamed => unnamed;

    /// <summary>All traffic of the range that has names.</summary>
    public HistorySums Named => seen;

    /// <summary>For how long the range has data.</summary>
    public long CoveredSeconds => (coveredMilliseconds + 500) / 1_000;

    /// <summary>Times without any window between those with one, in seconds of Unix time.</summary>
    public IReadOnlyList<(long From, long To)> Gaps => gaps;

    public void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows)
    {
        if (window.Start > next) gaps.Add((next, window.Start));
        next = Math.Max(next, window.Start + range.Resolution.Seconds());
        coveredMilliseconds += window.CoveredMilliseconds;
        unnamed.Add(window.Unnamed);
        if (groups.UnnamedGroup != HistoryGroups.None) SumOf(groups.UnnamedGroup).Add(window.Unnamed);
        foreach (ref readonly HistoryRow row in rows)
        {
            seen.Add(row.Sums);
            int group = groups.Of(in row);
            if (group != HistoryGroups.None) SumOf(group).Add(row.Sums);
        }
    }

    private ref HistorySums SumOf(int group)
    {
        if (group >= totals.Count) CollectionsMarshal.SetCount(totals, group + 1);
        return ref CollectionsMarshal.AsSpan(totals)[group];
    }
}
