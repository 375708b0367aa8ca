namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// Times of the spool in milliseconds since 1970, by a clock that runs steadily while the program runs. What an earlier run wrote has times of the system
/// clock, and that clock or today's may be wrong.
/// </summary>
internal sealed class SpoolClock(TimeProvider time)
{
    /// <summary>How long records of an earlier run are kept at least, whatever their times say.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromHours(1);

    private readonly long start = time.GetUtcNow().ToUnixTimeMilliseconds(), stamp = time.GetTimestamp();

    /// <summary>The time for ages within this run.</summary>
    public long Now => start + (long)time.GetElapsedTime(stamp).TotalMilliseconds;

    /// <summary>The time to write to disk: a later run compares it with its own system clock.</summary>
    public long Written => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A time that an earlier run wrote, as a time of this run: not in the future, and so that <see cref="Hold"/> is left of the maximum age.</summary>
    public long Believed(long written, TimeSpan maximumAge)
    {
        long hold = (long)Math.Min(Hold.TotalMilliseconds, maximumAge.TotalMilliseconds);
        return Math.Clamp(written, start - (long)maximumAge.TotalMilliseconds + hold, start);
    }
}
