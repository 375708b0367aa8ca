using System.Net;

namespace SFlow.Exporter.Receive;

/// <summary>Log messages of the UDP receiver: event ids 1000 to 1999.</summary>
internal static partial class ReceiveLog
{
    [LoggerMessage(1001, LogLevel.Information, "Listening for sFlow on UDP {Local} with {Workers} workers.")]
    public static partial void Listening(this ILogger logger, IPEndPoint local, int workers);

    [LoggerMessage(1002, LogLevel.Information, "UDP port {Port} is closed. The kernel dropped {Dropped} datagrams in total.")]
    public static partial void Closed(this ILogger logger, int port, long dropped);

    [LoggerMessage(1003, LogLevel.Warning, "Receive thread {Index} did not empty its socket within {Limit}. The datagrams that it did not read are lost.")]
    public static partial void NotEmptied(this ILogger logger, int index, string limit);

    [LoggerMessage(1004, LogLevel.Critical, "Receive thread {Index} failed. The program stops.")]
    public static partial void ThreadFailed(this ILogger logger, Exception error, int index);

    [LoggerMessage(1005, LogLevel.Warning, "This system does not report how many datagrams its kernel drops. The metric of these drops stays 0.")]
    public static partial void DropsUnknown(this ILogger logger);

    [LoggerMessage(1006, LogLevel.Warning, "This machine has no IPv6. Listening for sFlow on 0.0.0.0 instead of ::.")]
    public static partial void WithoutIPv6(this ILogger logger);

    [LoggerMessage(1007, LogLevel.Warning,
        "Each socket has a receive buffer of {Bytes} bytes instead of {Wanted}. The kernel drops datagrams in shorter bursts. Raise the limit: sysctl -w net.core.rmem_max={Limit}")]
    public static partial void SmallBuffer(this ILogger logger, long bytes, int wanted, int limit);
}
