using System.Globalization;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

internal enum OverviewSort { Last10, Last60, Packets, Total, Source, Destination }

/// <summary>Parameters of <c>/api/overview</c>.</summary>
/// <param name="Limit">Maximum rows of each table. The others are summed.</param>
/// <param name="Filter">Only series with this text in a label, case-insensitive. Empty matches all.</param>
/// <param name="Sort">Order of the tables: largest figure first, names in ascending order.</param>
/// <param name="Reverse">Reverses the order.</param>
internal sealed record OverviewQuery(int Limit, string Filter, OverviewSort Sort, bool Reverse)
{
    public const int DefaultLimit = 100, MaximumLimit = 10_000, LongestFilter = 200;

    /// <summary>Whether a series matches the filter.</summary>
    public bool Matches(FamilyRow series) => Filter.Length == 0 || Array.Exists(series.Values, Holds);

    /// <summary>Reads the query string. Returns null with a fault that names the wrong parameter and its allowed values.</summary>
    public static OverviewQuery? Parse(IQueryCollection query, out ParameterFault? fault)
    {
        fault = ParameterFault.In(query, "limit", "filter", "sort", "order");
        int limit = DefaultLimit;
        if (query["limit"] is [{ Length: > 0 } limitText]
            && !(int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaximumLimit))
            fault ??= ParameterFault.Of("limit", $"a whole number from 1 to {MaximumLimit}");
        string filter = query["filter"].ToString();
        if (filter.Length > LongestFilter) fault ??= ParameterFault.Of("filter", $"a text of at most {LongestFilter} characters");
        OverviewSort sort = OverviewSort.Last10;
        if (query["sort"] is [{ Length: > 0 } sortText])
        {
            // Names only: the parser would also accept numbers and lists of names.
            int index = Array.FindIndex(Enum.GetNames<OverviewSort>(), name => name.Equals(sortText, StringComparison.OrdinalIgnoreCase));
            if (index < 0) fault ??= ParameterFault.Of("sort", $"one of {string.Join(", ", Enum.GetNames<OverviewSort>()).ToLowerInvariant()}");
            else sort = Enum.GetValues<OverviewSort>()[index];
        }
        string order = query["order"].ToString();
        if (order is not ("" or "natural" or "reverse")) fault ??= ParameterFault.Of("order", "natural or reverse");
        return fault is null ? new OverviewQuery(limit, filter.Trim(), sort, order == "reverse") : null;
    }

    private bool Holds(string label) => label.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}
