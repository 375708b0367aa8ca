namespace SFlow.Exporter.Tests.Metrics;

/// <summary>A clock that a test moves.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override DateTimeOffset GetUtcNow() => now;
    public override long GetTimestamp() => now.Ticks;

    public void Pass(double seconds) => now += TimeSpan.FromSeconds(seconds);
}
