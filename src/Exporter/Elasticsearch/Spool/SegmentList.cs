using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// The segments of the spool, the oldest first. A segment leaves once all its bodies are settled, or as a loss, which is counted here. Each change is
/// published.
/// </summary>
internal sealed class SegmentList(SpoolFolder folder, RecordQueue queue, SpoolStats stats, SpoolClock clock, RateLimitedLogger troubles)
{
    private readonly LinkedList<SpoolSegment> segments = [];

    /// <summary>The oldest segment; null if there is none.</summary>
    public SpoolSegment? Oldest => segments.First?.Value;

    /// <summary>The segment that bodies are appended to; null if the next body needs a new one.</summary>
    public SpoolSegment? Written { get; private set; }

    /// <summary>All segments as they are now. The list may change meanwhile.</summary>
    public SpoolSegment[] All => [.. segments];

    /// <summary>Bytes of all segments.</summary>
    public long Bytes => segments.Sum(segment => segment.Length);

    /// <summary>Records without an outcome.</summary>
    public long Unsettled => segments.Sum(segment => segment.Unsettled);

    public bool HasUntaken => segments.Any(segment => segment.Untaken > 0);

    /// <summary>Adds a segment of an earlier run.</summary>
    public void Add(SpoolSegment segment) => segments.AddLast(segment);

    /// <summary>Adds a new segment, which bodies are appended to from now on.</summary>
    public SpoolSegment Begin() => Written = segments.AddLast(folder.Next()).Value;

    /// <summary>Loses what senders have not taken. They still have what they have taken.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="reason">Why.</param>
    /// <param name="drop">Whether the file goes even if senders have taken bodies of it.</param>
    public void Lose(SpoolSegment segment, LossReason reason, bool drop = false)
    {
        queue.CountLost(reason, segment.GiveUp());
        if (drop || segment.Unsettled == 0) Remove(segment);
        Publish();
    }

    /// <summary>Removes a segment and its file.</summary>
    public void Remove(SpoolSegment segment)
    {
        segment.IsDropped = true;
        segments.Remove(segment);
        if (Written == segment) Written = null;
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            troubles.NotDeleted(segment.Path, e.Message);
        }
    }

    public void Publish() => stats.Set(Bytes, Unsettled, Oldest is { Oldest: > 0 and long written } ? Math.Max(0, clock.Now - written) : null);
}
