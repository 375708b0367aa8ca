namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// How long to wait before the next try: exponential with full jitter, so that many exporters do not come back in step. A server may ask for more
/// (Retry-After), as far as the queue of bodies can hold the records meanwhile.
/// </summary>
/// <param name="longestAsked">Gives the longest wait that a server may ask for now.</param>
internal sealed class Backoff(Func<TimeSpan> longestAsked)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(5);

    /// <summary>The wait after a response that accepts nothing. None if another endpoint is left.</summary>
    /// <param name="answer">The response.</param>
    /// <param name="attempt">Failed tries before this one, from 0.</param>
    public TimeSpan After(SearchResponse answer, int attempt) =>
        answer.HasOther ? TimeSpan.Zero : Delay(attempt, answer.RetryAfter, longestAsked(), Random.Shared.NextDouble());

    /// <param name="attempt">Failed tries before this one, from 0.</param>
    /// <param name="asked">What the server asks for; null for nothing.</param>
    /// <param name="longestAsked">The longest wait that it may ask for.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? asked, TimeSpan longestAsked, double random)
    {
        TimeSpan most = First * Math.Pow(2, Math.Min(attempt, 16));
        TimeSpan own = (most < Longest ? most : Longest) * random;
        if (asked is not { } least || least <= own) return own;
        return least < longestAsked ? least : longestAsked;
    }
}
