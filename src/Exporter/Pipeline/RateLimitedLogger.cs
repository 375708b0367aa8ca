namespace SFlow.Exporter.Pipeline;

/// <summary>Logs repeated messages at most a few times a minute, with the number of suppressed ones. Thread-safe.</summary>
internal sealed class RateLimitedLogger(ILogger logger, TimeProvider time, int perMinute = 1)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? began;
    private int spoken;
    private long silent;

    public void Error(Exception? e, string message) => Log(LogLevel.Error, e, message);

    public void Warning(string message) => Log(LogLevel.Warning, null, message);

    private void Log(LogLevel level, Exception? e, string message)
    {
        long missed;
        lock (gate)
        {
            // Monotonic: a system clock that is set back must not suppress messages.
            long now = time.GetTimestamp();
            if (began is not { } start || time.GetElapsedTime(start, now) >= Period) (began, spoken) = (now, 0);
            if (spoken == perMinute)
            {
                silent++;
                return;
            }
            spoken++;
            (missed, silent) = (silent, 0);
        }
        logger.Log(level, e, "{Message} ({Silent} more since the last message)", message, missed);
    }
}
