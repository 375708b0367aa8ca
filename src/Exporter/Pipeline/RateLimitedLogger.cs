namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Passes on only a few messages a minute, of whatever kind; the next one says how many were suppressed. Any thread may log.
/// </summary>
internal sealed class RateLimitedLogger(ILogger logger, TimeProvider time, int perMinute = 1) : ILogger
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long? began;
    private int passed;
    private long suppressed;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!TryPass(out long missed)) return;
        logger.Log(logLevel, eventId, state, exception, missed == 0 ? formatter : (said, fault) => $"{formatter(said, fault)} ({missed} more since the last message)");
    }

    private bool TryPass(out long missed)
    {
        lock (gate)
        {
            // Monotonic: a system clock that is set back must not suppress messages.
            long now = time.GetTimestamp();
            if (began is not { } start || time.GetElapsedTime(start, now) >= Period) (began, passed) = (now, 0);
            bool passes = passed < perMinute;
            (missed, suppressed) = passes ? (suppressed, 0L) : (0L, suppressed + 1);
            if (passes) passed++;
            return passes;
        }
    }
}
