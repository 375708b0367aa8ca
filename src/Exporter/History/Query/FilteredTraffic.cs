using SFlow.Exporter.Pipeline.Filters;

namespace SFlow.Exporter.History.Query;

/// <summary>A row of the history, as a filter asks it.</summary>
internal readonly ref struct FilteredTraffic : IFilteredFlow
{
    private readonly FilterIds ids;
    private readonly ref readonly HistoryRow row;

    public FilteredTraffic(FilterIds ids, ref readonly HistoryRow row)
    {
        this.ids = ids;
        this.row = ref row;
    }

    public bool Matches(int term) => ids.Filter.Terms[term].Key == FilterKey.Service
        ? ids.Has(term, row.Service)
        : ids.Filter.Terms[term].Matches(ids.LocalityOf(row.Source, row.Destination, row.IsNodePort));

    public bool MatchesHost(int term, bool source) => ids.Has(term, source ? row.Source : row.Destination);
}
