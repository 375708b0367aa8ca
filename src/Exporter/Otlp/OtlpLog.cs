namespace SFlow.Exporter.Otlp;

/// <summary>Log messages of the export by OTLP: event ids 7000 to 7999.</summary>
internal static partial class OtlpLog
{
    [LoggerMessage(7001, LogLevel.Information, "Sending the metric families by OTLP to {Endpoint} ({Protocol}), every {Interval}.")]
    public static partial void OtlpStarted(this ILogger logger, Uri endpoint, string protocol, TimeSpan interval);

    [LoggerMessage(7002, LogLevel.Warning, "OTLP export to {Endpoint} failed. Counting continues; the next export in {Interval} has the newer sums.")]
    public static partial void OtlpFailed(this ILogger logger, Uri endpoint, TimeSpan interval);

    [LoggerMessage(7003, LogLevel.Information, "OTLP export to {Endpoint} succeeds again.")]
    public static partial void OtlpRecovered(this ILogger logger, Uri endpoint);
}
