using System.Net;

namespace SFlow.Exporter.Http;

/// <summary>Log messages of the HTTP server: event ids 5000 to 5999.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(5001, LogLevel.Warning, "This machine has no IPv6. Page, API and metrics listen on 0.0.0.0 instead of ::.")]
    public static partial void WithoutIPv6(this ILogger logger);

    [LoggerMessage(5002, LogLevel.Warning, "The limit of open files allows {Room} HTTP connections instead of {Wanted}. Raise it (ulimit -n).")]
    public static partial void FewDescriptors(this ILogger logger, int room, int wanted);

    [LoggerMessage(5003, LogLevel.Warning, "An HTTP connection can't be accepted: {Error}. The oldest connection is closed instead. Raise the limit of open files (ulimit -n).")]
    public static partial void NotAccepted(this ILogger logger, string error);

    [LoggerMessage(5004, LogLevel.Warning,
        "The limit of {Limit} HTTP connections is reached. Each new one closes the oldest of the client address that has the most. Change the limit with --http-max-connections (Http:Connections).")]
    public static partial void ConnectionsLimited(this ILogger logger, int limit);

    [LoggerMessage(5005, LogLevel.Error, "The request {Method} {Path} failed.")]
    public static partial void RequestFailed(this ILogger logger, Exception error, string method, string path);

    [LoggerMessage(5006, LogLevel.Error, "The request {Method} {Path} failed after a part of the response was sent. The connection is closed.")]
    public static partial void ResponseFailed(this ILogger logger, Exception error, string method, string path);

    [LoggerMessage(5007, LogLevel.Warning, "A request from {Client} was refused. {Reason}")]
    public static partial void HostRefused(this ILogger logger, IPAddress? client, string reason);

    [LoggerMessage(5008, LogLevel.Warning,
        "The connection from {Client} was closed: it did not read the response to {Path} within {Limit}. Change the limit with --http-timeout (Http:Timeout).")]
    public static partial void ResponseTimedOut(this ILogger logger, IPAddress? client, string path, string limit);

    [LoggerMessage(5009, LogLevel.Information, "The web configuration was read again: {File} or a file that it names has changed.")]
    public static partial void WebConfigurationRead(this ILogger logger, string file);

    [LoggerMessage(5010, LogLevel.Error, "The web configuration can't be used, the previous one stays: {Reason}.")]
    public static partial void WebConfigurationRefused(this ILogger logger, string reason);

    [LoggerMessage(5011, LogLevel.Information,
        "Page, API and metrics are served to this machine only. For others, set --http-web-config (Http:WebConfig) to a certificate and users, or --http-listen (Http:Address) to an address of this machine.")]
    public static partial void ServedHereOnly(this ILogger logger);
}
