using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>Whether a node's agent exports, so that the node's own sample of a packet can be relied upon.</summary>
internal sealed class ExportRule
{
    /// <summary>An agent that was silent for longer does not export: Open vSwitch sends counters every 30 s, so three were missed.</summary>
    private const long Silence = 90L * 1_000_000_000;

    /// <summary>A node is presumed to export for so long after our start and after it appears.</summary>
    private const long Presumption = 60L * 1_000_000_000;

    private readonly long startedAt;
    private readonly bool wholeCapture;

    private ExportRule(long startedAt, bool wholeCapture) => (this.startedAt, this.wholeCapture) = (startedAt, wholeCapture);

    /// <summary>The rule of a running program that began at that time (nanoseconds of Unix time).</summary>
    public static ExportRule Live(long startedAt) => new(startedAt, wholeCapture: false);

    /// <summary>The rule for a capture whose agents are all known beforehand: any datagram in it will do.</summary>
    public static ExportRule WholeCapture { get; } = new(0, wholeCapture: true);

    public bool Exports(Node node, long now)
    {
        long heard = node.LastDatagram;
        if (wholeCapture) return heard != 0;
        return heard != 0 && now - heard < Silence || now - Math.Max(startedAt, node.KnownSince) < Presumption;
    }
}
