namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>The times of a watch.</summary>
internal sealed record WatchTiming
{
    /// <summary>Delay after the first failure. It doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.8);
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Interval to check again for a missing or forbidden kind.</summary>
    public TimeSpan AbsentDelay { get; init; } = TimeSpan.FromMinutes(1);
    /// <summary>Maximum silence of a watch: bookmarks arrive about once a minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(150);
    /// <summary>Timeout of one page of a list.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Minimum requested lifetime of a watch. Up to the same time is added at random, so that watches do not expire together.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(300);
    /// <summary>Changes are collected for this time before a new book is built.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Delay after this many consecutive failures, with jitter, so that clients do not return all at once.</summary>
    public TimeSpan Delay(int failures, TimeSpan? asked)
    {
        double ceiling = Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(failures, 16)));
        double wait = FirstDelay.TotalSeconds + Random.Shared.NextDouble() * (ceiling - FirstDelay.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(wait, Math.Min(asked?.TotalSeconds ?? 0, 10 * LongestDelay.TotalSeconds)));
    }
}
