using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Expose.Live;

internal enum OverviewSort { Last10, Last60, Packets, Total, Source, Destination }

/// <summary>What a caller of <c>/api/overview</c> may choose.</summary>
/// <param name="Limit">Rows of each table at most; what is left is summed.</param>
/// <param name="Filter">Only series one of whose labels holds this text, whatever its case; empty takes all.</param>
/// <param name="Sort">Order of the tables: the greatest figure first, names from A.</param>
/// <param name="Reverse">The other way round.</param>
internal sealed record OverviewQuery(int Limit, string Filter, OverviewSort Sort, bool Reverse)
{
    public const int DefaultLimit = 100, MaximumLimit = 10_000, LongestFilter = 200;

    /// <summary>Whether the filter lets a series through.</summary>
    public bool Matches(FlowSeries series) =>
        Filter.Length == 0 || Holds(series.SourceNamespace) || Holds(series.DestinationNamespace) || Holds(series.ServerService);

    /// <summary>Reads the query string; on failure <paramref name="error"/> says which parameter and what is allowed.</summary>
    public static OverviewQuery? Parse(IQueryCollection query, out string error)
    {
        error = "";
        int limit = DefaultLimit;
        if (query["limit"] is [{ Length: > 0 } limitText]
            && !(int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaximumLimit))
            error = $"limit must be a whole number from 1 to {MaximumLimit}";
        string filter = query["filter"].ToString();
        if (filter.Length > LongestFilter) error = $"filter must not be longer than {LongestFilter} characters";
        OverviewSort sort = OverviewSort.Last10;
        if (query["sort"] is [{ Length: > 0 } sortText] && !(char.IsLetter(sortText[0]) && Enum.TryParse(sortText, ignoreCase: true, out sort)))
            error = $"sort must be one of {string.Join(", ", Enum.GetNames<OverviewSort>()).ToLowerInvariant()}";
        string order = query["order"].ToString();
        if (order is not ("" or "natural" or "reverse")) error = "order must be natural or reverse";
        return error.Length == 0 ? new OverviewQuery(limit, filter.Trim(), sort, order == "reverse") : null;
    }

    private bool Holds(string label) => label.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}
