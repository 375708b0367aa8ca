using System.Globalization;

namespace SFlow.Exporter.History.Query;

/// <summary>What a reader must know before using the figures, as sentences.</summary>
internal static class HistoryNotes
{
    /// <summary>Gaps that are listed by their times.</summary>
    private const int MostGaps = 3;

    public static IReadOnlyList<string> Of(HistoryQuery query, HistoryRange range, HistoryGroups groups, GroupTotals totals, HistoryCoverage? coverage)
    {
        List<string> notes = [];
        if (coverage is { } data)
        {
            if (data.To <= range.From) notes.Add($"The history has no data after {Time(data.To)}.");
            else if (data.From >= range.To) notes.Add($"The history has no data before {Time(data.From)}.");
            else if (data.From > range.From)
                notes.Add($"The history of {Windows(range.Resolution)} begins at {Time(data.From)}.");
        }
        foreach ((long from, long to) in totals.Gaps.Take(MostGaps)) notes.Add($"The history has no data from {Time(from)} to {Time(to)}.");
        if (totals.Gaps.Count > MostGaps) notes.Add($"The history has {totals.Gaps.Count - MostGaps} more gaps in this range.");
        if (groups.SeesUnnamed && !groups.HasUnnamed && totals.Unnamed.Samples > 0)
            notes.Add($"{Share(query.Amount(totals.Unnamed), query.Amount(totals.Named))} of all traffic of this range has no names in the history. A filter can't select it.");
        return notes;
    }

    public static string Time(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Windows(HistoryResolution resolution) => resolution switch
    {
        HistoryResolution.Minute => "minutes",
        HistoryResolution.Hour => "hours",
        _ => "days",
    };

    private static string Share(ulong part, ulong others) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / ((double)part + others):0.##} %");
}
