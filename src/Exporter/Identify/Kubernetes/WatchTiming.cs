namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>The times of a watch.</summary>
internal sealed record WatchTiming
{
    /// <summary>Wait after a first failure; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.8);
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Between two looks whether a kind that the cluster did not have, or did not let us read, is there now.</summary>
    public TimeSpan AbsentDelay { get; init; } = TimeSpan.FromMinutes(1);
    /// <summary>A watch without a byte for so long is dead: bookmarks come about once a minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(150);
    /// <summary>For one page of a list.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Life of a watch that we ask for at least; up to as much again is added, so that watches don't end together.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(300);
    /// <summary>Changes are gathered for so long before a new book is made of them.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The wait after so many failures in a row, spread so that not all clients come back at once.</summary>
    public TimeSpan Delay(int failures, TimeSpan? asked)
    {
        double ceiling = Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(failures, 16)));
        double wait = FirstDelay.TotalSeconds + Random.Shared.NextDouble() * (ceiling - FirstDelay.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(wait, Math.Min(asked?.TotalSeconds ?? 0, 10 * LongestDelay.TotalSeconds)));
    }
}
