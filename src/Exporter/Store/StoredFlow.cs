using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Store;

/// <summary>
/// A record as the store gives it back: names as they were when it was written. The ids of registries in the record are not set.
/// </summary>
internal sealed class StoredFlow(in Flow flow) : NamedFlow(flow)
{
    /// <summary>Place in the order of writing; never given twice.</summary>
    public required long Position { get; init; }
}

/// <summary>One page of a search, newest first.</summary>
/// <param name="Flows">At most as many as the query's limit.</param>
/// <param name="Next">Position to go on before; null when there is nothing older.</param>
/// <param name="Complete">False when the search stopped at its budget before the page was full: go on at <paramref name="Next"/>.</param>
/// <param name="Scanned">Positions that were looked at.</param>
internal sealed record SearchPage(IReadOnlyList<StoredFlow> Flows, long? Next, bool Complete, long Scanned);

/// <summary>What one search may cost, and how many may run at once.</summary>
internal sealed record SearchLimits
{
    public long Positions { get; init; } = 2_000_000;
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
    public int Concurrent { get; init; } = 2;

    /// <summary>How long a search waits for its turn before it is refused.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(500);
}
