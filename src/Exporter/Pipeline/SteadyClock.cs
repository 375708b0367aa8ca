namespace SFlow.Exporter.Pipeline;

/// <summary>
/// A monotonic clock in nanoseconds that starts at Unix time and ignores changes of the system clock. Use it for delays and silence. Times for
/// human readers come from the system clock.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly long began = time.GetUtcNow().ToUnixNanoseconds();
    private readonly long stamp = time.GetTimestamp();

    public long Now => began + time.GetElapsedTime(stamp).ToNanoseconds();

    /// <summary>The system time of an event, by the current system clock.</summary>
    public long ToUnixNanoseconds(long steady) =>
        time.GetUtcNow().ToUnixNanoseconds() - (Now - steady);
}
