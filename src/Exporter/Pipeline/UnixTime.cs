namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Nanoseconds of Unix time, the unit of all times in the pipeline, and spans in nanoseconds. The one place of their conversions and of their text.
/// </summary>
internal static partial class UnixTime
{
    /// <summary>Nanoseconds.</summary>
    public const long Second = 1_000_000_000, Minute = 60 * Second;

    private const long NanosecondsPerTick = TimeSpan.NanosecondsPerTick;

    /// <summary>Times outside the years 1970 to 2262 become the nearest that can be held.</summary>
    public static long ToUnixNanoseconds(this DateTimeOffset time) =>
        Math.Clamp(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, 0, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick;

    /// <summary>Spans above 292 years become the longest that can be held.</summary>
    public static long ToNanoseconds(this TimeSpan span) =>
        Math.Clamp(span.Ticks, long.MinValue / NanosecondsPerTick, long.MaxValue / NanosecondsPerTick) * NanosecondsPerTick;

    /// <summary>A span of nanoseconds, without what is below 100.</summary>
    public static TimeSpan ToTimeSpan(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / NanosecondsPerTick);
}
