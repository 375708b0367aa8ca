namespace SFlow.Exporter.History.Query;

/// <summary>The range of an answer: whole steps, which begin at multiples of the step in UTC. All in seconds of Unix time.</summary>
/// <param name="From">Start of the first step.</param>
/// <param name="To">End of the last step.</param>
/// <param name="Step">Length of a step; the whole range for an answer without steps.</param>
/// <param name="Resolution">The windows to read.</param>
internal readonly record struct HistoryRange(long From, long To, long Step, HistoryResolution Resolution)
{
    /// <summary>Maximum steps, and as many as are usual.</summary>
    public const int MostSteps = 1_500, UsualSteps = 300;

    private const long Minute = 60, Hour = 3_600, Day = 86_400;

    /// <summary>Steps that people read with ease.</summary>
    private static readonly long[] Usual =
        [Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day];

    public int Steps => (int)((To - From) / Step);

    /// <summary>The range of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="now">The present, in seconds of Unix time. What comes later is left out.</param>
    /// <param name="coverage">Where the history has data.</param>
    public static HistoryRange Of(HistoryQuery query, long now, Func<HistoryResolution, HistoryCoverage?> coverage)
    {
        // The minute that is not over has no data yet.
        long to = Math.Max(query.From + 1, Math.Min(query.To, HistoryResolution.Minute.StartOf(now)));
        HistoryResolution finest = Finest(query.From, coverage);
        if (query.HasSteps)
        {
            long step = query.Step ?? Math.Max(UsualStep(to - query.From, UsualSteps), finest.Seconds());
            return new HistoryRange(Down(query.From, step), Up(to, step), step, HistoryResolutions.All.Last(resolution => step % resolution.Seconds() == 0));
        }
        HistoryResolution read = HistoryResolutions.All.Last(resolution => resolution <= finest || IsWhole(query.From, to, resolution, coverage(resolution)));
        long from = read.StartOf(query.From), until = Up(to, IsWhole(query.From, to, read, coverage(read)) ? Minute : read.Seconds());
        return new HistoryRange(from, until, until - from, read);
    }

    /// <summary>How many steps a range touches.</summary>
    public static long StepsOf(long from, long to, long step) => (Up(to, step) - Down(from, step)) / step;

    /// <summary>The shortest usual step of which at most so many fit into so many seconds.</summary>
    public static long UsualStep(long seconds, int steps)
    {
        // One step more than fits, because the first and last one may be touched only.
        foreach (long step in Usual)
            if (seconds / step < steps) return step;
        return Day * (seconds / Day / (steps - 1) + 1);
    }

    /// <summary>The finest windows that reach back to a time, or as far as any.</summary>
    private static HistoryResolution Finest(long from, Func<HistoryResolution, HistoryCoverage?> coverage)
    {
        foreach (HistoryResolution resolution in HistoryResolutions.All)
        {
            if (coverage(resolution) is not { } fine) continue;
            // A longer window begins before its first minute with data. That is no older data.
            bool isOlderElsewhere = HistoryResolutions.All.Any(other => other > resolution && coverage(other) is { } coarse && coarse.From + other.Seconds() <= fine.From);
            if (fine.From <= from || !isOlderElsewhere) return resolution;
        }
        return HistoryResolution.Minute;
    }

    /// <summary>Whether longer windows have exactly the range, so that fewer rows give the same sums.</summary>
    private static bool IsWhole(long from, long to, HistoryResolution resolution, HistoryCoverage? coverage) =>
        coverage is { } data && from % resolution.Seconds() == 0 && (to % resolution.Seconds() == 0 || to >= data.To);

    private static long Down(long time, long step) => time - time % step;

    private static long Up(long time, long step) => Down(time + step - 1, step);
}
