using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

internal enum OverviewSort { Last10, Last60, Packets, Total, Source, Destination }

/// <summary>What of the overview costs time or bytes. The figures beside the parts are always there.</summary>
[Flags]
internal enum OverviewParts
{
    None = 0,
    History = 1,
    Pairs = 2,
    Services = 4,
    Acknowledged = 8,
    Agents = 16,
    Unknown = 32,
    All = History | Pairs | Services | Acknowledged | Agents | Unknown,
}

/// <summary>Parameters of <c>/api/overview</c>.</summary>
/// <param name="Limit">Maximum rows of each table. The others are summed.</param>
/// <param name="Filter">Only series with this text in a label, case-insensitive. Empty matches all.</param>
/// <param name="Sort">Order of the tables: largest figure first, names in ascending order.</param>
/// <param name="Reverse">Reverses the order.</param>
internal sealed record OverviewQuery(int Limit, string Filter, OverviewSort Sort, bool Reverse)
{
    public const int DefaultLimit = 100, MaximumLimit = 10_000, LongestFilter = 200;

    private static readonly ApiParameter LimitParameter = ApiParameter.Number("limit", 1, MaximumLimit, DefaultLimit);
    private static readonly ApiParameter OffsetParameter = ApiParameter.Number("offset", 0, 1_000_000, 0);
    private static readonly ApiParameter FilterParameter = new("filter", $"a text of at most {LongestFilter} characters");
    private static readonly ApiParameter SortParameter = ApiParameter.OneOf("sort", OverviewSort.Last10);
    private static readonly ApiParameter OrderParameter = ApiParameter.OneOf("order", ["natural", "reverse"], "natural");

    /// <summary>Words of the parts in their order.</summary>
    private static readonly string[] PartWords = [.. Enum.GetValues<OverviewParts>().Where(part => int.PopCount((int)part) == 1).Select(SnakeCase.Of)];
    private static readonly ApiParameter PartsParameter = new("parts", $"absent for all, or some of {string.Join(", ", PartWords)}, separated by commas, or none");

    public static IReadOnlyList<ApiParameter> Parameters { get; } = [LimitParameter, OffsetParameter, FilterParameter, SortParameter, OrderParameter, PartsParameter];

    /// <summary>Rows of the table of pairs before the first one that is listed. Behind the end, the last rows are listed.</summary>
    public int Offset { get; init; }

    public OverviewParts Parts { get; init; } = OverviewParts.All;

    public bool Has(OverviewParts part) => (Parts & part) != OverviewParts.None;

    /// <summary>Whether a series matches the filter.</summary>
    public bool Matches(FamilyRow series) => Filter.Length == 0 || Array.Exists(series.Values, Holds);

    /// <summary>Reads the query string. Returns null with a fault that names the wrong parameter and its allowed values.</summary>
    public static OverviewQuery? Parse(IQueryCollection query, out ParameterFault? fault)
    {
        ParameterReader reader = new(query, Parameters);
        int limit = reader.Number(LimitParameter), offset = reader.Number(OffsetParameter);
        string filter = reader.Text(FilterParameter);
        if (filter.Length > LongestFilter) reader.Refuse(FilterParameter);
        // Names only, in any case: the parser would also accept numbers and lists of names.
        int sort = Array.FindIndex(Enum.GetNames<OverviewSort>(), name => name.Equals(reader.Text(SortParameter), StringComparison.OrdinalIgnoreCase));
        if (sort < 0) reader.Refuse(SortParameter);
        string order = reader.Text(OrderParameter);
        if (!OrderParameter.Values.Contains(order)) reader.Refuse(OrderParameter);
        if (PartsOf(reader.Text(PartsParameter)) is not { } parts)
        {
            reader.Refuse(PartsParameter);
            parts = OverviewParts.None;
        }
        fault = reader.Fault;
        return fault is null ? new OverviewQuery(limit, filter.Trim(), Enum.GetValues<OverviewSort>()[sort], order == "reverse") { Offset = offset, Parts = parts } : null;
    }

    /// <summary>Null for a word that is no part.</summary>
    private static OverviewParts? PartsOf(string text)
    {
        if (text.Length == 0) return OverviewParts.All;
        if (text == "none") return OverviewParts.None;
        OverviewParts parts = OverviewParts.None;
        foreach (string word in text.Split(','))
        {
            int place = Array.IndexOf(PartWords, word);
            if (place < 0) return null;
            parts |= (OverviewParts)(1 << place);
        }
        return parts;
    }

    private bool Holds(string label) => label.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}
