using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>The answer of <c>/api/overview</c>. Bytes and packets are estimates (samples times their rate); all sums are since start.</summary>
internal sealed record Overview
{
    public required string Version { get; init; }
    public required string Revision { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required double UptimeSeconds { get; init; }
    public required bool Ready { get; init; }
    public required string? NotReadyBecause { get; init; }
    /// <summary>UDP port that agents are to send to.</summary>
    public required int ReceivePort { get; init; }
    /// <summary>Least and greatest sampling rate that agents use now; null while none is known.</summary>
    public required SamplingView? Sampling { get; init; }
    /// <summary>True length of the windows last10 and last60: shorter just after the start.</summary>
    public required WindowsView WindowSeconds { get; init; }
    /// <summary>Bytes a second of all flows over the last minute, oldest first.</summary>
    public required IReadOnlyList<double> History { get; init; }
    public required VolumeView Total { get; init; }
    /// <summary>The part of the total that the filter leaves: the sum of each table below.</summary>
    public required VolumeView Matched { get; init; }
    public required TableView<PairView> Pairs { get; init; }
    public required TableView<ServiceView> Services { get; init; }
    public required AcknowledgedView Acknowledged { get; init; }
    public required AgentsView Agents { get; init; }
    public required UnknownView Unknown { get; init; }
}

internal sealed record SamplingView(uint Minimum, uint Maximum);

internal sealed record WindowsView(double Last10, double Last60);

/// <summary>A rate within one of the windows; the error is that of the window's own samples.</summary>
internal sealed record RateView(double BytesPerSecond, double PacketsPerSecond, ulong Samples, ErrorView Error);

internal sealed record VolumeView(UInt128 Bytes, UInt128 Packets, ulong Samples, ErrorView Error, RateView Last10, RateView Last60);

/// <summary>
/// How far the estimates may be off at 95 %, as people read it ("± 12 %", or "too few" samples) and in percent for programs (null when too few).
/// </summary>
internal sealed record ErrorView(string Bytes, double? BytesPercent, string Packets, double? PacketsPercent)
{
    public static ErrorView Of(FlowTotals totals) => new(
        totals.BytesError.ToString(), totals.BytesError.Share * 100, totals.PacketsError.ToString(), totals.PacketsError.Share * 100);
}

/// <param name="Count">Rows there are, those not listed included.</param>
/// <param name="Rows">The first rows by the order asked for.</param>
/// <param name="Rest">Sum of the rows not listed.</param>
internal sealed record TableView<T>(int Count, IReadOnlyList<T> Rows, VolumeView Rest);

internal sealed record PairView(string Source, string Destination, VolumeView Volume);

internal sealed record ServiceView(string Service, VolumeView Volume);

/// <summary>Payload bytes that pods received from ends that nobody samples, at least so many; no part of the volumes.</summary>
/// <param name="Bytes">Of all series, whatever the filter.</param>
/// <param name="Count">Series that the filter leaves.</param>
/// <param name="Rows">The first of them, the heaviest first.</param>
internal sealed record AcknowledgedView(UInt128 Bytes, int Count, IReadOnlyList<AcknowledgedRow> Rows);

internal sealed record AcknowledgedRow(string Source, string Destination, string Service, UInt128 Bytes);

/// <summary>Agents in trouble first; the figures beside the rows are those of all agents, listed or not.</summary>
/// <param name="Count">Agents heard.</param>
/// <param name="Limit">Agents that may be known.</param>
/// <param name="Expected">Nodes that should have an agent; 0 when no cluster is known.</param>
/// <param name="States">Agents heard, and nodes whose agent was not, by state.</param>
/// <param name="Datagrams">Datagrams taken.</param>
/// <param name="Lost">Datagrams lost on the way.</param>
/// <param name="SecondsSinceLastSeen">Time since any agent sent anything; null before the first datagram.</param>
/// <param name="Rows">Agents heard, and nodes whose agent was not.</param>
internal sealed record AgentsView(
    int Count, int Limit, int Expected, IReadOnlyDictionary<string, int> States, long Datagrams, long Lost, double? SecondsSinceLastSeen,
    IReadOnlyList<AgentView> Rows);

/// <summary>
/// State is the name of an agent state (docs/metrics.md); agent and all that it would tell are null or zero for a node whose agent was never
/// heard. Loss share is what was lost of all datagrams that the agent sent, from 0 to 1; a sampling rate of 0 is not known yet.
/// </summary>
internal sealed record AgentView(
    string? Agent, uint SubAgent, string ObserverNode, string State, double? SecondsSinceLastSeen, double LossShare, long Datagrams, long Lost,
    long Duplicates, long Reordered, long Restarts, long Conflicts, long FlowSamples, long CounterSamples, uint SamplingRate,
    CalibrationView? Calibration);

/// <summary>Estimated bytes over those that the ports counted, and half of its 95 % interval; null both when there are too few samples.</summary>
internal sealed record CalibrationView(double? Ratio, double? Error, long Samples);

/// <summary>What is not known, not counted or lost.</summary>
/// <param name="Received">Datagrams received.</param>
/// <param name="ReceivedBytes">Their UDP payload.</param>
/// <param name="Datagrams">Datagrams by status.</param>
/// <param name="KernelDrops">Datagrams that a full receive buffer lost.</param>
/// <param name="Faults">Samples that are not counted, by reason.</param>
/// <param name="Observations">Samples by observation.</param>
/// <param name="ServerReasons">Counted samples by how it was told which end serves.</param>
/// <param name="Skipped">Structures that we do not read, the most frequent first.</param>
/// <param name="Endpoints">Traffic one of whose ends is a pod address without a pod.</param>
/// <param name="Remainder">Traffic that has no series of its own.</param>
/// <param name="Sinks">What became of the records.</param>
internal sealed record UnknownView(
    long Received, long ReceivedBytes, IReadOnlyDictionary<string, long> Datagrams, long KernelDrops, IReadOnlyDictionary<string, long> Faults,
    IReadOnlyDictionary<string, long> Observations, IReadOnlyDictionary<string, long> ServerReasons, IReadOnlyList<SkippedView> Skipped, ShareView Endpoints, RemainderView Remainder,
    IReadOnlyList<SinkView> Sinks);

internal sealed record SkippedView(string Kind, string Structure, long Count);

/// <summary>Part of the traffic; the share is of all bytes since start, from 0 to 1.</summary>
internal sealed record ShareView(UInt128 Bytes, UInt128 Packets, double Share);

internal sealed record RemainderView(UInt128 Bytes, UInt128 Packets, double Share, long Folded, int Series, int SeriesLimit);

/// <summary>Down says in one line why the server behind the sink takes no records now; null when it does, or where there is none.</summary>
internal sealed record SinkView(string Sink, long Written, long AlreadyThere, long Waiting, IReadOnlyDictionary<string, long> Lost, string? Down);

[JsonSerializable(typeof(Overview))]
internal sealed partial class OverviewJson : JsonSerializerContext
{
    /// <summary>With "±" as it is, for whoever reads the answer with their own eyes.</summary>
    public static OverviewJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement),
    });
}
