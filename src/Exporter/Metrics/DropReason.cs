using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>Label <c>reason</c> of dropped datagrams: the outcomes that leave nothing of a datagram, and the kernel's drops.</summary>
internal static class DropReason
{
    /// <summary>The socket receive buffer was full: no worker saw the datagram.</summary>
    public const string Kernel = "kernel";

    /// <summary>Whether nothing of the datagram was used; after the other outcomes its intact part was.</summary>
    public static bool DropsWhole(DatagramOutcome outcome) =>
        outcome is not (DatagramOutcome.Ok or DatagramOutcome.Truncated or DatagramOutcome.Malformed);
}
