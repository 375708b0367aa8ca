namespace SFlow.Exporter.Record;

/// <summary>Logs a failure that repeats at most once a minute, with how often it was silent meanwhile.</summary>
internal sealed class QuietLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private DateTimeOffset next;
    private long silent;

    public void Error(Exception e, string message)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < next)
        {
            silent++;
            return;
        }
        logger.LogError(e, "{Message} ({Silent} more failures since the last message)", message, silent);
        (next, silent) = (now + Period, 0);
    }
}
