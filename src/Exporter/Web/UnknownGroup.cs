using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Web;

/// <summary>Collects traffic that is unknown, not counted or lost.</summary>
internal static class UnknownGroup
{
    /// <summary>Maximum kinds of skipped structures in the overview. The metrics have all of them.</summary>
    private const int MostSkipped = 20;

    public static UnknownView Read(Sources sources, FlowTotals total, FlowTotals unknown, FlowTotals remainder) => new(
        sources.Received, sources.ReceivedBytes, ByName<DatagramOutcome>(sources.Sum), sources.KernelDrops, ByName<SampleFault>(sources.Sum),
        ByName<Observation>(sources.Sum), ByName<ServerReason>(sources.Sum),
        [
            .. sources.Skipped().OrderByDescending(structure => structure.Count).Take(MostSkipped)
                .Select(structure => new SkippedView(SnakeCase.Of(structure.Kind), $"{structure.Enterprise}:{structure.Format}", structure.Count)),
            new SkippedView(ReservedLabels.Other, ReservedLabels.Other, sources.SkippedOther),
        ],
        new ShareView(unknown.Bytes, unknown.Packets, Share(unknown, total)),
        new RemainderView(remainder.Bytes, remainder.Packets, Share(remainder, total), sources.Flows.Folded, sources.Flows.Count, sources.Flows.Limit),
        [.. sources.Queues.Select(queue => new SinkView(queue.Sink, queue.Written, queue.AlreadyThere, queue.Waiting, ByName<LossReason>(queue.Lost),
            sources.Sinks.FirstOrDefault(sink => sink.Sink == queue.Sink)?.LastError))]);

    private static Dictionary<string, long> ByName<T>(Func<T, long> value) where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(SnakeCase.Of, value, StringComparer.Ordinal);

    private static double Share(FlowTotals part, FlowTotals total) => total.Bytes == 0 ? 0 : (double)part.Bytes / (double)total.Bytes;
}
