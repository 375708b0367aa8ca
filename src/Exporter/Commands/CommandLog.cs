using System.Net;

namespace SFlow.Exporter.Commands;

/// <summary>Log messages of start, stop and demo: event ids 6000 to 6999.</summary>
internal static partial class CommandLog
{
    [LoggerMessage(6001, LogLevel.Critical, "The start failed: {Error}")]
    public static partial void StartFailed(this ILogger logger, string error);

    [LoggerMessage(6002, LogLevel.Information, "Serving page, metrics and API on {Urls}; {Nodes} nodes, {Pods} pods and {Services} Services are known.")]
    public static partial void Serving(this ILogger logger, string urls, int nodes, int pods, int services);

    [LoggerMessage(6003, LogLevel.Critical, "A part of the program failed, and the program stops.")]
    public static partial void PartFailed(this ILogger logger, Exception error);

    // Scripts look for the end of this line: it has no full stop.
    [LoggerMessage(6004, LogLevel.Information, "{Sink}: {Written} records written, {Lost} lost on the way, {Left} left behind at the end")]
    public static partial void SinkStopped(this ILogger logger, string sink, long written, long lost, long left);

    [LoggerMessage(6005, LogLevel.Information, "Replaying the demo capture of two OVN-Kubernetes nodes to {Target} in a loop. Open the page to see it.")]
    public static partial void DemoReplaying(this ILogger logger, IPEndPoint target);
}
