namespace SFlow.Exporter.Pipeline;

/// <summary>Nanoseconds of Unix time, the unit of all times in the pipeline.</summary>
internal static class UnixTime
{
    public static long ToUnixNanoseconds(this DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    public static DateTimeOffset FromNanoseconds(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
