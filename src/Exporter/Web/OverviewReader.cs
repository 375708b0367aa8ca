using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Builds the overview. The limits of series and agents bound its cost.</summary>
internal sealed class OverviewReader(Sources sources, FlowHistory history, ReceiveOptions receive, HttpOptions http, TimeProvider time)
{
    private readonly DateTimeOffset started = time.GetUtcNow();

    /// <summary>A viewer of some namespaces gets their flows only: neither agents nor the state of the exporter.</summary>
    public Overview Read(OverviewQuery query, Viewer viewer)
    {
        DateTimeOffset now = time.GetUtcNow();
        Windows windows = Windows.Of(history);
        FlowGroups flows = new(sources.Flows, windows, query, viewer);
        AgentGroup? agents = viewer.SeesAll ? new AgentGroup(sources, query.Limit) : null; // also for the sampling rate
        return new Overview
        {
            Version = Build.Version,
            Revision = Build.Revision,
            Time = now,
            UptimeSeconds = (now - started).TotalSeconds,
            Ready = sources.NotReadyBecause is null,
            NotReadyBecause = sources.NotReadyBecause,
            ReceivePort = receive.Port,
            Sampling = agents?.Sampling,
            WindowSeconds = new WindowsView(windows.Last10.Seconds, windows.Last60.Seconds),
            Viewer = ViewerView.Of(viewer),
            History = query.Has(OverviewParts.History) ? Rates(viewer) : null,
            Total = windows.View(flows.Total),
            Matched = windows.View(flows.Matched),
            Pairs = query.Has(OverviewParts.Pairs) ? flows.Pairs() : null,
            Services = query.Has(OverviewParts.Services) ? flows.Services() : null,
            Acknowledged = query.Has(OverviewParts.Acknowledged) ? AcknowledgedGroup.Read(sources.Acknowledged, query, viewer) : null,
            Agents = query.Has(OverviewParts.Agents) ? agents?.View : null,
            Unknown = !viewer.SeesAll || !query.Has(OverviewParts.Unknown) ? null : UnknownGroup.Read(sources, flows.Total.Total, flows.Unknown.Total, flows.Remainder.Total),
            Links = LinksView.Of(http.KibanaUrl, http.GrafanaUrl),
        };
    }

    private List<double> Rates(Viewer viewer)
    {
        IReadOnlyList<FlowSnapshot> snapshots = history.Snapshots;
        (int source, int destination, _) = FlowLabels.Of(sources.Flows);
        List<double> rates = new(snapshots.Count);
        for (int i = 1; i < snapshots.Count; i++)
        {
            double seconds = history.Between(snapshots[i - 1], snapshots[i]).TotalSeconds;
            FlowTotals grown = viewer.SeesAll ? snapshots[i].Total.Less(snapshots[i - 1].Total)
                : new FlowWindow(snapshots[i - 1], snapshots[i], seconds).Grown(row => viewer.Sees(row[source], row[destination]));
            rates.Add(seconds > 0 ? (double)grown.Bytes / seconds : 0);
        }
        return rates;
    }
}
