namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Nanoseconds that begin with Unix time and then only ever run forward, whatever is done to the clock of the machine: for waits and silence. What
/// people read is told by the machine's clock instead.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly long began = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
    private readonly long stamp = time.GetTimestamp();

    public long Now => began + time.GetElapsedTime(stamp).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>When something happened by the machine's clock, which may have been set since.</summary>
    public long ToUnixNanoseconds(long steady) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick - (Now - steady);
}
