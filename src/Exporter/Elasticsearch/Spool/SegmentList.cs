using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// The segments of the spool, the oldest first. A segment leaves once all its bodies are settled, or as a loss, which is counted here. Each change is
/// published.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="queue">Counts losses.</param>
/// <param name="stats">Gets the state after each change.</param>
/// <param name="clock">Clock of the ages.</param>
/// <param name="logger">Log of what happens rarely.</param>
/// <param name="troubles">Log of a disk that fails.</param>
/// <param name="losses">Log of damaged records.</param>
internal sealed class SegmentList(SpoolFolder folder, RecordQueue queue, SpoolStats stats, SpoolClock clock, ILogger logger, RateLimitedLogger troubles, RateLimitedLogger losses)
{
    private readonly LinkedList<SpoolSegment> segments = [];

    /// <summary>The oldest segment; null if there is none.</summary>
    public SpoolSegment? Oldest => segments.First?.Value;

    /// <summary>The segment that bodies are appended to; null if the next body needs a new one.</summary>
    public SpoolSegment? Written { get; private set; }

    /// <summary>Bytes of all segments.</summary>
    public long Bytes => segments.Sum(segment => segment.Length);

    /// <summary>Records without an outcome.</summary>
    public long Unsettled => segments.Sum(segment => segment.Unsettled);

    public bool HasUntaken => segments.Any(segment => segment.Untaken > 0);

    /// <summary>Adds the segments of earlier runs.</summary>
    /// <param name="believed">Gives the time of a body by the clock of the spool.</param>
    public void Recover(Func<long, long> believed)
    {
        foreach (SpoolSegment segment in folder.Existing())
        {
            (long tornBytes, long tornRecords, long damagedBytes) = segment.Recover(believed);
            if (tornBytes > 0) logger.Torn(segment.Path, tornBytes, tornRecords);
            if (damagedBytes > 0) logger.DamagedBytes(segment.Path, damagedBytes);
            queue.CountLostLater(LossReason.SpoolDamaged, tornRecords);
            segments.AddLast(segment);
            if (segment.Unsettled == 0) Remove(segment);
        }
    }

    /// <summary>Adds a new segment, which bodies are appended to from now on.</summary>
    public SpoolSegment Begin() => Written = segments.AddLast(folder.Next()).Value;

    /// <summary>Takes the oldest body that can be read. What can't be read is lost.</summary>
    public bool TryTake(out SpoolEntry entry)
    {
        foreach (SpoolSegment segment in segments.ToArray())
            if (segment.Untaken > 0 && TryTake(segment, out entry)) return true;
        entry = default;
        return false;
    }

    /// <summary>Loses the segments whose files somebody deleted, if the one that is written is among them.</summary>
    public void LoseDeleted()
    {
        if (Written is null || File.Exists(Written.Path)) return;
        foreach (SpoolSegment gone in segments.Where(segment => !File.Exists(segment.Path)).ToArray()) LoseDeleted(gone);
    }

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

    private bool TryTake(SpoolSegment segment, out SpoolEntry entry)
    {
        entry = default;
        try
        {
            if (segment.TryTake(out entry))
            {
                Publish();
                return true;
            }
            losses.Damaged(segment.Path, segment.Untaken);
            Lose(segment, LossReason.SpoolDamaged);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            LoseDeleted(segment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            troubles.NotReadable(segment.Path, e.Message, segment.Untaken);
            Lose(segment, LossReason.SpoolDamaged, drop: true);
        }
        return false;
    }

    private void LoseDeleted(SpoolSegment segment)
    {
        logger.Deleted(segment.Path, segment.Untaken);
        Lose(segment, LossReason.SpoolDeleted, drop: true);
    }
}
