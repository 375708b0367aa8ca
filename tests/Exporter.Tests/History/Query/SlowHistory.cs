using SFlow.Exporter.History;
using SFlow.Exporter.History.Query;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Filters;

namespace SFlow.Exporter.Tests.History.Query;

/// <summary>
/// A second, slow computation of what the history answers: every minute and row again, the filter by regular expressions, groups by their text. It shares the
/// types of rows with the program, and nothing else.
/// </summary>
internal sealed class SlowHistory(MemoryHistory history, RandomFilter? filter, string group, bool isBoth, string[]? seen)
{
    /// <summary>Sums of a part of the range.</summary>
    internal sealed record Sums(ulong Bytes, ulong Packets, ulong Samples, double BytesVariance, double PacketsVariance)
    {
        public static readonly Sums Zero = new(0, 0, 0, 0, 0);

        public static Sums operator +(Sums a, Sums b) =>
            new(a.Bytes + b.Bytes, a.Packets + b.Packets, a.Samples + b.Samples, a.BytesVariance + b.BytesVariance, a.PacketsVariance + b.PacketsVariance);

        public static Sums Of(in HistorySums sums) => new(sums.Bytes, sums.Packets, sums.Samples, sums.BytesVariance, sums.PacketsVariance);
    }

    /// <summary>The sums of each label in a range, and of what has no name.</summary>
    public (Dictionary<string, Sums> Groups, Sums Unnamed, long Milliseconds, int Windows) Between(long from, long to)
    {
        Dictionary<string, Sums> groups = new(StringComparer.Ordinal);
        Sums unnamed = Sums.Zero;
        long milliseconds = 0;
        int windows = 0;
        foreach ((long minute, long covered, HistorySums rest, HistoryRow[] rows) in history.Minutes.Where(minute => minute.Minute >= from && minute.Minute < to))
        {
            milliseconds += covered;
            windows++;
            if (filter is null && seen is null) unnamed += Sums.Of(rest);
            foreach (HistoryRow row in rows)
            {
                FlowEndpoint source = history.Registries.Endpoints[row.Source], destination = history.Registries.Endpoints[row.Destination];
                if (seen is not null && !seen.Contains(source.Label) && !seen.Contains(destination.Label)) continue;
                Flow flow = FlowOf(row);
                if (filter?.Matches(flow, history.Registries) == false) continue;
                string label = LabelOf(row, source, destination, flow);
                groups[label] = groups.GetValueOrDefault(label, Sums.Zero) + Sums.Of(row.Sums);
            }
        }
        return (groups, unnamed, milliseconds, windows);
    }

    public static Flow FlowOf(in HistoryRow row) => new()
    {
        SourceEndpoint = row.Source, DestinationEndpoint = row.Destination, ServerService = row.Service, Counted = true, DestinationRole = row.IsNodePort ? PortRole.NodePort : default,
    };

    private string LabelOf(in HistoryRow row, FlowEndpoint source, FlowEndpoint destination, in Flow flow)
    {
        if (group == "total") return "total";
        if (group == "service") return row.Service == 0 ? "unknown" : history.Registries.Services[row.Service];
        if (group == "locality") return RandomFilter.Distance(flow, source, destination);
        string from = Side(source), to = Side(destination);
        if (!isBoth) return $"{from} → {to}";
        return string.CompareOrdinal(from, to) <= 0 ? $"{from} ↔ {to}" : $"{to} ↔ {from}";
    }

    private string Side(FlowEndpoint host) => group switch
    {
        "namespace" => host.Label,
        "workload" => host.OwnerName is null ? host.Label : $"{host.Label}/{host.OwnerKind}/{host.OwnerName}",
        "node" => host.NodeName ?? "unknown",
        "zone" => host.Zone ?? "unknown",
        _ => host.Kind is EndpointKind.NamedNetwork or EndpointKind.Private or EndpointKind.Internet ? host.Label
            : host.Network ?? (host.Kind is EndpointKind.Pod or EndpointKind.Service or EndpointKind.Node or EndpointKind.Ovn ? "@cluster" : "unknown"),
    };
}
