using Microsoft.Extensions.Time.Testing;

namespace SFlow.Exporter.Tests.Store;

/// <summary>A clock that can be set: the time of day steps, the monotonic time and the timers go on.</summary>
internal sealed class SteppedClock(FakeTimeProvider monotonic) : TimeProvider
{
    private long stepTicks;

    public override long TimestampFrequency => monotonic.TimestampFrequency;

    /// <summary>Sets the clock forward, or back by a negative time.</summary>
    public void Step(TimeSpan by) => Interlocked.Add(ref stepTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => monotonic.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref stepTicks));

    public override long GetTimestamp() => monotonic.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        monotonic.CreateTimer(callback, state, dueTime, period);
}
