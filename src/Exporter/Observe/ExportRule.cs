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
    private readonly SteadyClock? clock;

    /// <summary>By node, where only a part of the capture was looked through: what was supposed of it and whether that was asked for.</summary>
    private readonly (bool Exports, bool Asked)[]? supposed;

    private ExportRule(long startedAt, bool wholeCapture, (bool Exports, bool Asked)[]? supposed = null, SteadyClock? clock = null) =>
        (this.startedAt, this.wholeCapture, this.supposed, this.clock) = (startedAt, wholeCapture, supposed, clock);

    /// <summary>The rule of a running program that begins now.</summary>
    public static ExportRule Live(SteadyClock clock) => new(clock.Now, wholeCapture: false, clock: clock);

    /// <summary>What is to be added to a record's time, of the machine's clock, to have that of the steady clock; asked once a batch.</summary>
    public long ShiftOf(in Flow record) => clock is null ? 0 : clock.Now - record.TimestampNanoseconds;

    /// <summary>The rule of a running program that began at that time (nanoseconds of Unix time).</summary>
    public static ExportRule Live(long startedAt) => new(startedAt, wholeCapture: false);

    /// <summary>The rule for a capture whose agents are all known beforehand: any datagram in it will do.</summary>
    public static ExportRule WholeCapture { get; } = new(0, wholeCapture: true);

    /// <summary>
    /// The rule for a capture of which only the beginning was looked through: a node whose agent was not heard there is supposed not to export at all.
    /// Once the capture is read, <see cref="WasWrong"/> tells whether that changed anything.
    /// </summary>
    public static ExportRule Supposed(NodeRegistry nodes) =>
        new(0, wholeCapture: true, [.. Enumerable.Range(0, nodes.Count).Select(id => (nodes[id].LastDatagram != 0, false))]);

    /// <summary>A node was taken for silent that was heard later on.</summary>
    public bool WasWrong(NodeRegistry nodes) =>
        supposed is not null && Enumerable.Range(0, supposed.Length).Any(id => supposed[id] is { Exports: false, Asked: true } && nodes[id].LastDatagram != 0);

    public bool Exports(Node node, long now)
    {
        if (supposed is not null)
        {
            supposed[node.Id].Asked = true;
            return supposed[node.Id].Exports;
        }
        long heard = node.LastDatagram;
        if (wholeCapture) return heard != 0;
        return heard != 0 && now - heard < Silence || now - Math.Max(startedAt, node.KnownSince) < Presumption;
    }
}
