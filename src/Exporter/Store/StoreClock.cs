using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>
/// The time by which records are too old. It follows the clock only as fast as the monotonic one; when the clock was set, it goes on as before
/// until the new time has held for a while and a datagram has come in by it. Until then no record is evicted that either time would keep.
/// Times are nanoseconds of Unix time.
/// </summary>
internal sealed class StoreClock(TimeProvider time, TimeSpan hold, TimeSpan maximumAge)
{
    /// <summary>A difference between the clocks that is no step: time servers correct a clock by less than a thousandth.</summary>
    private static readonly long Tolerance = TimeSpan.FromSeconds(5).ToNanoseconds();
    private const int Drift = 1_000;

    /// <summary>Records newer than that at the start say that the clock is right.</summary>
    private static readonly long ShortPause = TimeSpan.FromHours(1).ToNanoseconds();

    private long trusted, checkedAt, leapAt;
    private bool started, heard;

    /// <summary>How far the clock is ahead of the trusted time, while that is in doubt; null when the clock is believed.</summary>
    public TimeSpan? Leap { get; private set; }

    /// <summary>Begins with the newest record of the store (0: none), which is the last that is known of the time.</summary>
    public void Start(long newestRecord)
    {
        if (started) return;
        started = true;
        long wall = Wall;
        bool plausible = newestRecord == 0 || wall - newestRecord is var pause && pause >= -Tolerance && pause <= ShortPause;
        trusted = plausible ? wall : newestRecord;
        checkedAt = time.GetTimestamp();
    }

    /// <summary>A record of this time was written.</summary>
    public void Hear(long timestamp)
    {
        if (Math.Abs(Wall - timestamp) <= UnixTime.Minute) heard = true;
    }

    /// <summary>The earlier of the trusted time and the clock.</summary>
    public long Now()
    {
        long now = time.GetTimestamp(), wall = Wall, elapsed = time.GetElapsedTime(checkedAt, now).ToNanoseconds();
        checkedAt = now;
        trusted = elapsed > long.MaxValue - trusted ? long.MaxValue : trusted + elapsed;
        long difference = wall - trusted, tolerance = Tolerance + elapsed / Drift;
        if (Math.Abs(difference) <= tolerance)
        {
            (trusted, Leap) = (wall, null);
            return wall;
        }
        if (Leap is not { } known || Math.Abs(difference - known.ToNanoseconds()) > tolerance) (leapAt, heard) = (now, false);
        Leap = UnixTime.ToTimeSpan(difference);
        if (IsConfirmed(time.GetElapsedTime(leapAt, now))) (trusted, Leap) = (wall, null);
        return Math.Min(trusted, wall);
    }

    private long Wall => time.GetUtcNow().ToUnixNanoseconds();

    /// <summary>Without traffic, a time that held for the greatest age of a record will do.</summary>
    private bool IsConfirmed(TimeSpan held) => held >= hold && heard || held >= maximumAge && held >= hold;
}
