namespace SFlow.Exporter.Tests;

/// <summary>A clock that a test lets run, and whose time of day it may set besides.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2027, 3, 9, 8, 7, 6, TimeSpan.Zero);
    private TimeSpan run, set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override DateTimeOffset GetUtcNow() => Start + run + set;
    public override long GetTimestamp() => run.Ticks;

    /// <summary>Time passes.</summary>
    public void Run(double seconds) => run += TimeSpan.FromSeconds(seconds);

    /// <summary>Somebody sets the clock.</summary>
    public void Set(double days) => set += TimeSpan.FromDays(days);
}
