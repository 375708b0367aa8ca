namespace SFlow.Exporter.History.Query;

/// <summary>Sums of the listed groups and of the others by step.</summary>
internal sealed class StepSums : IHistoryVisitor
{
    private readonly HistoryGroups groups;
    private readonly HistoryRange range;
    private readonly int[] places;
    private readonly HistorySums[][] sums;
    private readonly long[] coveredMilliseconds;

    /// <param name="groups">Groups of the rows.</param>
    /// <param name="range">The range that is scanned.</param>
    /// <param name="listed">Numbers of the listed groups. The others are summed at the place behind them.</param>
    public StepSums(HistoryGroups groups, HistoryRange range, IReadOnlyList<int> listed)
    {
        (this.groups, this.range) = (groups, range);
        places = new int[groups.Count];
        Array.Fill(places, listed.Count);
        for (int place = 0; place < listed.Count; place++) places[listed[place]] = place;
        sums = [.. Enumerable.Range(0, listed.Count + 1).Select(_ => new HistorySums[range.Steps])];
        coveredMilliseconds = new long[range.Steps];
    }

    /// <summary>The sums of the steps at a place.</summary>
    public ReadOnlySpan<HistorySums> this[int place] => sums[place];

    /// <summary>For how many seconds each step has data.</summary>
    public long[] CoveredSeconds() => [.. coveredMilliseconds.Select(milliseconds => (milliseconds + 500) / 1_000)];

    public void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows)
    {
        int step = (int)((window.Start - range.From) / range.Step);
        coveredMilliseconds[step] += window.CoveredMilliseconds;
        if (groups.HasUnnamed) sums[groups.UnnamedGroup == HistoryGroups.None ? ^1 : places[groups.UnnamedGroup]][step].Add(window.Unnamed);
        foreach (ref readonly HistoryRow row in rows)
        {
            int group = groups.Of(in row);
            if (group != HistoryGroups.None) sums[places[group]][step].Add(row.Sums);
        }
    }
}
