using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>
/// The response of <c>/api/overview</c>. Bytes and packets are estimates (samples times their sampling rate). All sums are since start. A part that was not
/// requested is null.
/// </summary>
internal sealed record Overview
{
    public required string Version { get; init; }
    public required string Revision { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required double UptimeSeconds { get; init; }
    public required bool Ready { get; init; }
    public required string? NotReadyBecause { get; init; }
    /// <summary>UDP port for agents.</summary>
    public required int ReceivePort { get; init; }
    /// <summary>Lowest and highest current sampling rate of the agents; null before the first flow sample.</summary>
    public required SamplingView? Sampling { get; init; }
    /// <summary>Actual length of the windows last10 and last60. They are shorter just after the start.</summary>
    public required WindowsView WindowSeconds { get; init; }
    /// <summary>What the sums below include.</summary>
    public required ViewerView Viewer { get; init; }
    /// <summary>Bytes per second of all flows in the last minute, oldest first.</summary>
    public required IReadOnlyList<double>? History { get; init; }
    public required VolumeView Total { get; init; }
    /// <summary>The part of the total that matches the filter: the sum of each table below.</summary>
    public required VolumeView Matched { get; init; }
    public required TableView<PairView>? Pairs { get; init; }
    public required TableView<ServiceView>? Services { get; init; }
    public required AcknowledgedView? Acknowledged { get; init; }
    /// <summary>Null for a viewer of some namespaces.</summary>
    public required AgentsView? Agents { get; init; }
    /// <summary>Null for a viewer of some namespaces.</summary>
    public required UnknownView? Unknown { get; init; }
    /// <summary>Other programs with the same traffic, as browsers reach them.</summary>
    public required LinksView Links { get; init; }
}

/// <param name="All">Whether the flows of all namespaces are included, and the state of agents and exporter.</param>
/// <param name="Namespaces">Otherwise the flows with one of these namespaces at either side.</param>
internal sealed record ViewerView(bool All, IReadOnlyList<string> Namespaces)
{
    public static ViewerView Of(Viewer viewer) => new(viewer.SeesAll, [.. viewer.Namespaces.Order(StringComparer.Ordinal)]);
}

/// <param name="Kibana">URL of Kibana or OpenSearch Dashboards; null without.</param>
/// <param name="Grafana">URL of Grafana; null without.</param>
internal sealed record LinksView(string? Kibana, string? Grafana)
{
    public static LinksView Of(string kibana, string grafana) => new(UrlOf(kibana), UrlOf(grafana));

    private static string? UrlOf(string text) => text.Length == 0 ? null : text.TrimEnd('/');
}

internal sealed record SamplingView(uint Minimum, uint Maximum);

internal sealed record WindowsView(double Last10, double Last60);

/// <summary>A rate in one of the windows. The error comes from the samples of that window.</summary>
internal sealed record RateView(double BytesPerSecond, double PacketsPerSecond, ulong Samples, ErrorView Error);

internal sealed record VolumeView(UInt128 Bytes, UInt128 Packets, ulong Samples, ErrorView Error, RateView Last10, RateView Last60);

/// <summary>
/// 95 % confidence interval of the estimates: as text ("± 12 %", or "too few" samples) and in percent (null if too few).
/// </summary>
internal sealed record ErrorView(string Bytes, double? BytesPercent, string Packets, double? PacketsPercent)
{
    public static ErrorView Of(FlowTotals totals) => new(
        totals.BytesError.ToString(), totals.BytesError.Share * 100, totals.PacketsError.ToString(), totals.PacketsError.Share * 100);
}

/// <param name="Count">Number of rows, including those not listed.</param>
/// <param name="Offset">Rows before the first one that is listed.</param>
/// <param name="Rows">Rows in the requested order.</param>
/// <param name="Rest">Sum of the rows not listed.</param>
internal sealed record TableView<T>(int Count, int Offset, IReadOnlyList<T> Rows, VolumeView Rest);

internal sealed record PairView(string Source, string Destination, VolumeView Volume);

internal sealed record ServiceView(string Service, VolumeView Volume);

/// <summary>Lower bound of the payload bytes that pods received from unsampled peers. Not part of the volumes.</summary>
/// <param name="Bytes">Sum of all series, independent of the filter.</param>
/// <param name="Count">Series that match the filter.</param>
/// <param name="Rows">The first of them, largest first.</param>
internal sealed record AcknowledgedView(UInt128 Bytes, int Count, IReadOnlyList<AcknowledgedRow> Rows);

internal sealed record AcknowledgedRow(string Source, string Destination, string Service, UInt128 Bytes);

/// <summary>Agents, problems first. The figures beside the rows include agents that are not listed.</summary>
/// <param name="Count">Known agents.</param>
/// <param name="Limit">Maximum known agents.</param>
/// <param name="Expected">Nodes that should have an agent; 0 without a cluster.</param>
/// <param name="States">Agents, and nodes without an agent, by state.</param>
/// <param name="Datagrams">Datagrams accepted.</param>
/// <param name="Lost">Datagrams lost on the way.</param>
/// <param name="SecondsSinceLastSeen">Seconds since the last datagram of any agent; null before the first datagram.</param>
/// <param name="Rows">Agents, and nodes without an agent.</param>
internal sealed record AgentsView(
    int Count, int Limit, int Expected, IReadOnlyDictionary<string, int> States, long Datagrams, long Lost, double? SecondsSinceLastSeen,
    IReadOnlyList<AgentView> Rows);

/// <summary>
/// State is the name of an agent state (docs/metrics.md). For a node whose agent was never heard, the agent is null and its figures are 0.
/// Loss share is the lost part of all datagrams of the agent, from 0 to 1. A sampling rate of 0 is not known yet.
/// </summary>
internal sealed record AgentView(
    string? Agent, uint SubAgent, string ObserverNode, string State, double? SecondsSinceLastSeen, double LossShare, long Datagrams, long Lost,
    long Duplicates, long Reordered, long Restarts, long Conflicts, long FlowSamples, long CounterSamples, uint SamplingRate,
    CalibrationView? Calibration);

/// <summary>Estimated bytes divided by bytes of the interface counters, and half of its 95 % interval. Both are null with too few samples.</summary>
internal sealed record CalibrationView(double? Ratio, double? Error, long Samples);

/// <summary>Traffic that is unknown, not counted or lost.</summary>
/// <param name="Received">Datagrams received.</param>
/// <param name="ReceivedBytes">Bytes of their UDP payload.</param>
/// <param name="Datagrams">Datagrams by status.</param>
/// <param name="KernelDrops">Datagrams dropped because a receive buffer was full.</param>
/// <param name="Faults">Samples that are not counted, by reason.</param>
/// <param name="Observations">Samples by observation point.</param>
/// <param name="ServerReasons">Counted samples by how the server was determined.</param>
/// <param name="Skipped">Unsupported structures, the most frequent first.</param>
/// <param name="Endpoints">Traffic from or to a pod address without a pod.</param>
/// <param name="Remainder">Traffic without a series of its own.</param>
/// <param name="Sinks">Records by sink.</param>
internal sealed record UnknownView(
    long Received, long ReceivedBytes, IReadOnlyDictionary<string, long> Datagrams, long KernelDrops, IReadOnlyDictionary<string, long> Faults,
    IReadOnlyDictionary<string, long> Observations, IReadOnlyDictionary<string, long> ServerReasons, IReadOnlyList<SkippedView> Skipped, ShareView Endpoints, RemainderView Remainder,
    IReadOnlyList<SinkView> Sinks);

internal sealed record SkippedView(string Kind, string Structure, long Count);

/// <summary>A part of the traffic, also as a share of all bytes since start, from 0 to 1.</summary>
internal sealed record ShareView(UInt128 Bytes, UInt128 Packets, double Share);

internal sealed record RemainderView(UInt128 Bytes, UInt128 Packets, double Share, long Folded, int Series, int SeriesLimit);

/// <summary>Down is the error of the last request in one line; null if it succeeded, or if the sink has no server.</summary>
internal sealed record SinkView(string Sink, long Written, long AlreadyThere, long Waiting, IReadOnlyDictionary<string, long> Lost, string? Down);

[JsonSerializable(typeof(Overview))]
internal sealed partial class OverviewJson : JsonSerializerContext
{
    /// <summary>Writes "±" unescaped, for human readers.</summary>
    public static OverviewJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement),
    });
}
