using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History.Query;

/// <summary>Reads the history for a query: the sums of all groups first, then the steps of the listed ones. All of it is of one moment.</summary>
/// <param name="snapshot">The history at that moment.</param>
/// <param name="query">The query.</param>
/// <param name="viewer">Only what this viewer may see is summed.</param>
/// <param name="now">The present, in seconds of Unix time.</param>
internal sealed class HistoryQueryReader(IHistorySnapshot snapshot, HistoryQuery query, Viewer viewer, long now)
{
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="HistoryUnavailableException">The store can't be read.</exception>
    public HistoryAnswer Read(CancellationToken cancellation)
    {
        HistoryRange range = HistoryRange.Of(query, now, snapshot.Coverage);
        HistoryCoverage? coverage = snapshot.Coverage(range.Resolution);
        HistoryGroups groups = new(query, snapshot.Names, viewer);
        GroupTotals totals = new(groups, range, coverage);
        snapshot.Scan(range.Resolution, range.From, range.To, totals, cancellation);
        int[] listed = Largest(groups, totals);
        StepSums? steps = null;
        if (query.HasSteps)
        {
            steps = new StepSums(groups, range, listed);
            snapshot.Scan(range.Resolution, range.From, range.To, steps, cancellation);
        }
        return Answer(range, coverage, groups, totals, listed, steps);
    }

    /// <summary>The groups with the largest amounts, the largest first, and by name where they are equal.</summary>
    private int[] Largest(HistoryGroups groups, GroupTotals totals)
    {
        List<(ulong Amount, int Group)> found = [];
        ReadOnlySpan<HistorySums> sums = totals.Groups;
        for (int group = 0; group < sums.Length; group++)
            if (sums[group].Samples > 0) found.Add((query.Amount(sums[group]), group));
        return [.. found.OrderByDescending(group => group.Amount).ThenBy(group => groups.LabelOf(group.Group), StringComparer.Ordinal).Take(query.Top).Select(group => group.Group)];
    }

    private HistoryAnswer Answer(HistoryRange range, HistoryCoverage? coverage, HistoryGroups groups, GroupTotals totals, int[] listed, StepSums? steps)
    {
        HistorySums total = default, remainder = default;
        HashSet<int> isListed = [.. listed];
        int others = 0;
        for (int group = 0; group < totals.Groups.Length; group++)
        {
            total.Add(totals.Groups[group]);
            if (isListed.Contains(group)) continue;
            remainder.Add(totals.Groups[group]);
            if (totals.Groups[group].Samples > 0) others++;
        }
        // Without names it is no group, except of the one group of all.
        HistorySums unnamed = groups.HasUnnamed && groups.UnnamedGroup == HistoryGroups.None ? totals.Unnamed : default;
        total.Add(unnamed);
        remainder.Add(unnamed);

        long[]? covered = steps?.CoveredSeconds();
        HistoryFigures figures = new(query, total, covered);
        GroupFigures[] series = [.. listed.Select((group, place) => figures.Group(groups, group, totals.Groups[group], steps is null ? [] : steps[place]))];
        RemainderFigures rest = figures.Remainder(remainder, others, query.Amount(unnamed), steps is null ? [] : steps[listed.Length]);
        TotalFigures all = figures.Total(steps is null ? [] : SumsOf(steps, listed.Length + 1, range.Steps));
        IReadOnlyList<string> notes = HistoryNotes.Of(query, range, groups, totals, coverage);
        string from = HistoryNotes.Time(range.From), to = HistoryNotes.Time(range.To), filter = query.Filter.ToString();
        string unit = SnakeCase.Of(query.Unit), by = SnakeCase.Of(query.Group), direction = SnakeCase.Of(query.Direction);
        string? begin = coverage is { } data ? HistoryNotes.Time(data.From) : null, finish = coverage is { } known ? HistoryNotes.Time(known.To) : null;
        if (covered is null)
        {
            return new TopAnswer
            {
                From = from, To = to, Resolution = range.Resolution.Seconds(), Unit = unit, Group = by, Direction = direction, Filter = filter, CompleteFrom = begin,
                CompleteTo = finish, Covered = totals.CoveredSeconds, Series = series, Remainder = rest, Total = all, Notes = notes,
            };
        }
        return new SeriesAnswer
        {
            From = from, To = to, Step = range.Step, Resolution = range.Resolution.Seconds(), Unit = unit, Group = by, Direction = direction, Filter = filter,
            CompleteFrom = begin, CompleteTo = finish, Times = [.. Enumerable.Range(0, range.Steps).Select(step => HistoryNotes.Time(range.From + step * range.Step))],
            Covered = covered, Series = series, Remainder = rest, Total = all, Notes = notes,
        };
    }

    /// <summary>The sum over all places by step.</summary>
    private static HistorySums[] SumsOf(StepSums steps, int places, int count)
    {
        HistorySums[] sums = new HistorySums[count];
        for (int place = 0; place < places; place++)
        {
            ReadOnlySpan<HistorySums> part = steps[place];
            for (int step = 0; step < count; step++) sums[step].Add(part[step]);
        }
        return sums;
    }
}
