using System.Runtime.InteropServices;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>The rows that the viewer may see and that match a query, summed by namespace pair and by service.</summary>
internal sealed class FlowGroups
{
    private readonly Windows windows;
    private readonly OverviewQuery query;
    private readonly Dictionary<(string Source, string Destination), Volume> pairs = [];
    private readonly Dictionary<string, Volume> services = new(StringComparer.Ordinal);

    public FlowGroups(IFamily family, Windows windows, OverviewQuery query, Viewer viewer)
    {
        this.windows = windows;
        this.query = query;
        (int sourceLabel, int destinationLabel, int serviceLabel) = FlowLabels.Of(family);
        for (int slot = 0; slot < windows.Newest?.Slots; slot++)
        {
            if (windows.Newest.Row(slot) is not { } series) continue;
            string source = series[sourceLabel], destination = series[destinationLabel];
            if (!viewer.Sees(source, destination)) continue;
            Volume volume = windows[slot];
            Total += volume;
            if (series.IsRemainder) Remainder += volume;
            if (source == ReservedLabels.Unknown || destination == ReservedLabels.Unknown) Unknown += volume;
            bool emptyRemainder = series.IsRemainder && volume.Total == default;
            if (emptyRemainder || !query.Matches(series)) continue;
            Matched += volume;
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, (source, destination), out _) += volume;
            CollectionsMarshal.GetValueRefOrAddDefault(services, series.IsRemainder ? ReservedLabels.Other : series[serviceLabel], out _) += volume;
        }
    }

    public Volume Total { get; }
    public Volume Matched { get; }
    public Volume Unknown { get; }
    public Volume Remainder { get; }

    public TableView<PairView> Pairs() =>
        Table(pairs, query.Offset, pair => query.Sort == OverviewSort.Destination ? (pair.Destination, pair.Source) : (pair.Source, pair.Destination),
            (pair, volume) => new PairView(pair.Source, pair.Destination, volume));

    public TableView<ServiceView> Services() => Table(services, 0, service => (service, ""), (service, volume) => new ServiceView(service, volume));

    private TableView<TView> Table<TKey, TView>(
        Dictionary<TKey, Volume> groups, int offset, Func<TKey, (string First, string Second)> names, Func<TKey, VolumeView, TView> view) where TKey : notnull
    {
        KeyValuePair<TKey, Volume>[] sorted = [.. groups];
        Array.Sort(sorted, (a, b) => Compare(a.Value, b.Value, names(a.Key), names(b.Key)));
        Volume rest = default;
        // Behind the end, the last rows are listed: the filter or the traffic has changed since the reader chose the offset.
        int first = Math.Clamp(sorted.Length - query.Limit, 0, offset), last = Math.Min(first + query.Limit, sorted.Length);
        foreach (KeyValuePair<TKey, Volume> left in sorted[..first].Concat(sorted[last..])) rest += left.Value;
        TView[] rows = [.. sorted[first..last].Select(group => view(group.Key, windows.View(group.Value)))];
        return new TableView<TView>(sorted.Length, first, rows, windows.View(rest));
    }

    /// <summary>In the requested order. Ties by bytes since start, then by name, so that idle rows keep their place.</summary>
    private int Compare(Volume a, Volume b, (string First, string Second) nameA, (string First, string Second) nameB)
    {
        int order = query.Sort switch
        {
            OverviewSort.Last10 => b.Last10.Bytes.CompareTo(a.Last10.Bytes),
            OverviewSort.Last60 => b.Last60.Bytes.CompareTo(a.Last60.Bytes),
            OverviewSort.Packets => b.Last10.Packets.CompareTo(a.Last10.Packets),
            OverviewSort.Total => b.Total.Bytes.CompareTo(a.Total.Bytes),
            _ => CompareNames(nameA, nameB),
        };
        if (order != 0) return query.Reverse ? -order : order;
        order = b.Total.Bytes.CompareTo(a.Total.Bytes);
        return order != 0 ? order : CompareNames(nameA, nameB);
    }

    private static int CompareNames((string First, string Second) a, (string First, string Second) b)
    {
        int first = string.CompareOrdinal(a.First, b.First);
        return first != 0 ? first : string.CompareOrdinal(a.Second, b.Second);
    }
}
