namespace SFlow.Exporter.Expose;

/// <summary>
/// Decides which new series a reader sees at zero before it sees their value. <c>increase()</c> counts only what comes after the first
/// value that Prometheus stored, so a series that starts with its first bytes would hide them. An old series must not start with a zero:
/// to a Prometheus that lost its memory, its whole life would look like one sudden increase.
/// </summary>
/// <param name="applies">False for readers who do not remember what they read: they see true values always.</param>
/// <param name="started">When the program started, in nanoseconds of Unix time.</param>
internal sealed class ZeroStart(bool applies, long started)
{
    /// <summary>How young a series must be: as long as Prometheus looks back for the last value of a series.</summary>
    public static readonly TimeSpan Youth = TimeSpan.FromMinutes(5);

    private static readonly long YouthNanoseconds = Youth.Ticks * TimeSpan.NanosecondsPerTick;
    private long now = started, lastShown = started;

    /// <summary>When the reading began, in nanoseconds of Unix time.</summary>
    public long Now => now;

    /// <summary>A reading begins.</summary>
    public void Begin(long nowNanoseconds) => now = nowNanoseconds;

    /// <summary>The reading reached its reader.</summary>
    public void Shown() => lastShown = now;

    /// <summary>Whether a series that this reader has not seen yet, born at that time, shows zero now.</summary>
    public bool HoldsBack(long bornNanoseconds) => applies && now - bornNanoseconds < YouthNanoseconds;

    /// <summary>The same for a series whose birth nobody wrote down: it is younger than what the reader saw last.</summary>
    public bool HoldsBackNewcomers => HoldsBack(lastShown);
}
