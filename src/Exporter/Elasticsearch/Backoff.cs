namespace SFlow.Exporter.Elasticsearch;

/// <summary>How long to wait before the next try: exponential with full jitter, so that many exporters do not come back in step.</summary>
internal static class Backoff
{
    /// <summary>
    /// Every wait ends after <see cref="Longest"/>, also one that the server asks for: the queue holds a few seconds of busy traffic, so that
    /// a longer wait after an outage would lose more records than the outage.
    /// </summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(5);

    /// <param name="attempt">Failed tries before this one, from 0.</param>
    /// <param name="asked">What the server asks for (Retry-After).</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? asked, double random)
    {
        TimeSpan most = First * Math.Pow(2, Math.Min(attempt, 16));
        TimeSpan own = (most < Longest ? most : Longest) * random;
        if (asked is not { } least || least <= own) return own;
        return least < Longest ? least : Longest;
    }
}
