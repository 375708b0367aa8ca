namespace SFlow.Exporter.Pipeline;

/// <summary>What Elasticsearch answered, how far its records are behind, and the dead letters: written by the sink, read by any scrape.</summary>
internal sealed class ShipStats
{
    private readonly long[] items = new long[Enum.GetValues<ItemOutcome>().Length];

    /// <summary>Items of answers with this outcome. A record that is sent again has an item in each answer.</summary>
    public long Items(ItemOutcome outcome) => Volatile.Read(ref items[(int)outcome]);

    /// <summary>Age of the oldest record in memory that has no outcome; zero if there is none. The spool has its own.</summary>
    public Func<TimeSpan> Lag { get; set; } = () => TimeSpan.Zero;

    /// <summary>The dead letters; null if they are disabled.</summary>
    public DeadLetterStats? DeadLetters { get; init; }

    /// <summary>The roll-up; null if it is off.</summary>
    public RollupStats? Rollup { get; init; }

    public void Count(ItemOutcome outcome, long more) => Interlocked.Add(ref items[(int)outcome], more);
}
