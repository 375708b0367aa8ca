namespace SFlow.Exporter.Ship;

/// <summary>How long to wait before the next try: exponential with full jitter, so that many exporters do not come back in step.</summary>
internal static class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(60);

    /// <summary>Wait where only a person can help: credentials, rights, a wrong path.</summary>
    public static readonly TimeSpan Refused = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait that a server may ask for.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    /// <param name="attempt">Failed tries before this one, from 0.</param>
    /// <param name="asked">What the server asks for (Retry-After).</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempt, TimeSpan? asked, double random)
    {
        TimeSpan most = First * Math.Pow(2, Math.Min(attempt, 16));
        TimeSpan own = (most < Longest ? most : Longest) * random;
        if (asked is not { } least || least <= own) return own;
        return least < LongestAsked ? least : LongestAsked;
    }
}
