using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>
/// Cuts the counting into minutes of the system clock. When the clock is set, the minute stops there, and another one begins. How long a minute was
/// counted comes from the monotonic clock.
/// </summary>
internal sealed class MinuteCut(IFamily family, TimeProvider time)
{
    private const long Minute = 60_000;

    /// <summary>A cut that comes so little late counts as in time, so that usual minutes have 60 seconds. In milliseconds.</summary>
    private const long Tolerance = 1_000;

    private FamilyReading before = new(), now = new();

    /// <summary>By the system clock, in milliseconds of Unix time.</summary>
    private long start, opened;
    private long stamp;

    private long Wall => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Until the open minute is over by the system clock.</summary>
    public TimeSpan UntilOver => TimeSpan.FromMilliseconds(Math.Clamp(start + Minute - Wall, 1, Minute));

    /// <summary>Begins the first minute.</summary>
    public void Begin()
    {
        family.Read(before);
        Open(Wall);
    }

    /// <summary>The open minute if it is over, or if the clock was set; null while it goes on.</summary>
    public HistoryMinute? TryCut()
    {
        long wall = Wall;
        if (wall - wall % Minute == start) return null;
        long elapsed = (long)time.GetElapsedTime(stamp).TotalMilliseconds, usual = start + Minute - opened;
        bool inTime = Math.Abs(elapsed - usual) <= Tolerance, follows = wall - (start + Minute) is >= 0 and <= Tolerance;
        HistoryMinute cut = Take(inTime ? usual : elapsed);
        Open(inTime && follows ? start + Minute : wall);
        return cut;
    }

    /// <summary>The open minute as far as it was counted, at the stop.</summary>
    public HistoryMinute CutLast() => Take((long)time.GetElapsedTime(stamp).TotalMilliseconds);

    private void Open(long wall) => (start, opened, stamp) = (wall - wall % Minute, wall, time.GetTimestamp());

    private HistoryMinute Take(long covered)
    {
        family.Read(now);
        (List<(ulong, HistorySums)> rows, HistorySums unnamed) = HistoryMinute.Growth(before, now);
        (before, now) = (now, before);
        return new HistoryMinute { Start = start / 1_000, Ended = (opened + covered) / 1_000, CoveredMilliseconds = covered, Rows = rows, Unnamed = unnamed };
    }
}
