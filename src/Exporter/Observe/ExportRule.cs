using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Observe;

/// <summary>Whether the agent of a node exports. If so, the node's own sample of a packet counts.</summary>
internal sealed class ExportRule
{
    /// <summary>After this silence an agent does not export: Open vSwitch sends counters every 30 s, so three are missing.</summary>
    private const long Silence = 90 * UnixTime.Second;

    /// <summary>After our start, and after a node appears, the node is assumed to export for this time.</summary>
    private const long Presumption = UnixTime.Minute;

    private readonly long startedAt;
    private readonly bool wholeCapture, elsewhere;

    /// <summary>By node, if only the beginning of the capture was scanned: the assumption about it, and whether it was used.</summary>
    private readonly (bool Exports, bool Asked)[]? supposed;

    private ExportRule(long startedAt, bool wholeCapture, (bool Exports, bool Asked)[]? supposed = null, bool elsewhere = false) =>
        (this.startedAt, this.wholeCapture, this.supposed, this.elsewhere) = (startedAt, wholeCapture, supposed, elsewhere);

    /// <summary>The rule of a running program.</summary>
    /// <param name="startedAt">When it began, in nanoseconds of the steady clock.</param>
    /// <param name="elsewhere">Whether agents that are not heard here send to other exporters: then every node exports.</param>
    public static ExportRule Live(long startedAt, bool elsewhere = false) => new(startedAt, wholeCapture: false, elsewhere: elsewhere);

    /// <summary>The rule for a capture that was scanned completely: an agent with any datagram in it exports.</summary>
    public static ExportRule WholeCapture { get; } = new(0, wholeCapture: true);

    /// <summary>
    /// The rule for a capture of which only the beginning was scanned. A node whose agent was not heard there is assumed not to export.
    /// After the capture is read, <see cref="WasWrong"/> shows whether this assumption changed a result.
    /// </summary>
    public static ExportRule Supposed(NodeRegistry nodes) =>
        new(0, wholeCapture: true, [.. Enumerable.Range(0, nodes.Count).Select(id => (nodes[id].LastDatagram != 0, false))]);

    /// <summary>A node was assumed to be silent, but its agent was heard later.</summary>
    public bool WasWrong(NodeRegistry nodes) =>
        supposed is not null && Enumerable.Range(0, supposed.Length).Any(id => supposed[id] is { Exports: false, Asked: true } && nodes[id].LastDatagram != 0);

    public bool Exports(Node node, long now)
    {
        if (supposed is not null)
        {
            supposed[node.Id].Asked = true;
            return supposed[node.Id].Exports;
        }
        if (elsewhere) return true;
        long heard = node.LastDatagram;
        if (wholeCapture) return heard != 0;
        return heard != 0 && now - heard < Silence || now - Math.Max(startedAt, node.KnownSince) < Presumption;
    }
}
