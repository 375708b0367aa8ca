using SFlow.Exporter.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Builds the overview. The limits of series and agents bound its cost.</summary>
internal sealed class OverviewReader(Sources sources, FlowHistory history, ReceiveOptions receive, HttpOptions http, TimeProvider time)
{
    private readonly DateTimeOffset started = time.GetUtcNow();

    public Overview Read(OverviewQuery query)
    {
        DateTimeOffset now = time.GetUtcNow();
        Windows windows = Windows.Of(history);
        FlowGroups flows = new(sources.Flows, windows, query);
        AgentGroup agents = new(sources, query.Limit);
        return new Overview
        {
            Version = Build.Version,
            Revision = Build.Revision,
            Time = now,
            UptimeSeconds = (now - started).TotalSeconds,
            Ready = sources.NotReadyBecause is null,
            NotReadyBecause = sources.NotReadyBecause,
            ReceivePort = receive.Port,
            Sampling = agents.Sampling,
            WindowSeconds = new WindowsView(windows.Last10.Seconds, windows.Last60.Seconds),
            History = Rates(),
            Total = windows.View(flows.Total),
            Matched = windows.View(flows.Matched),
            Pairs = flows.Pairs(),
            Services = flows.Services(),
            Acknowledged = AcknowledgedGroup.Read(sources.Acknowledged, query),
            Agents = agents.View,
            Unknown = UnknownGroup.Read(sources, flows.Total.Total, flows.Unknown.Total, flows.Remainder.Total),
            Links = LinksView.Of(http.KibanaUrl, http.GrafanaUrl),
        };
    }

    private List<double> Rates()
    {
        IReadOnlyList<FlowSnapshot> snapshots = history.Snapshots;
        List<double> rates = new(snapshots.Count);
        for (int i = 1; i < snapshots.Count; i++)
        {
            double seconds = history.Between(snapshots[i - 1], snapshots[i]).TotalSeconds;
            FlowTotals grown = snapshots[i].Total.Less(snapshots[i - 1].Total);
            rates.Add(seconds > 0 ? (double)grown.Bytes / seconds : 0);
        }
        return rates;
    }
}
