using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// Bodies on disk, the oldest first, bounded in bytes and age. What is lost here is counted by its reason. A body stays until it is settled. One caller at
/// a time.
/// </summary>
internal sealed class BodySpool : IDisposable
{
    /// <summary>Maximum size of a segment, which is what a full spool drops at once. A small spool has smaller ones.</summary>
    private const int SegmentBytes = 16 << 20, LeastSegments = 8;

    /// <summary>A segment is written for this share of the maximum age.</summary>
    private const int SegmentsPerAge = 16;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private readonly SpoolFolder folder;
    private readonly long maximumBytes;
    private readonly TimeSpan maximumAge;
    private readonly RecordQueue queue;
    private readonly SpoolStats stats;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly RateLimitedLogger troubles, losses;
    private readonly LinkedList<SpoolSegment> segments = [];
    private SpoolSegment? written;
    private long? failed;
    private bool isRecovered;

    /// <param name="folder">Where the segments are.</param>
    /// <param name="options">Maximum bytes and age.</param>
    /// <param name="queue">Counts what is found and what is lost.</param>
    /// <param name="stats">Gets the state after each change.</param>
    /// <param name="time">Clock of the age and of the retries.</param>
    /// <param name="logger">Log of the sink.</param>
    public BodySpool(string folder, ElasticsearchOptions options, RecordQueue queue, SpoolStats stats, TimeProvider time, ILogger logger)
    {
        this.folder = new SpoolFolder(Path.GetFullPath(folder));
        (maximumBytes, maximumAge) = (options.SpoolBytes, options.SpoolAge);
        (this.queue, this.stats, this.time, this.logger) = (queue, stats, time, logger);
        (troubles, losses) = (new RateLimitedLogger(logger, time), new RateLimitedLogger(logger, time));
    }

    public string FolderPath => folder.FolderPath;

    /// <summary>Whether there are records that no sender has taken.</summary>
    public bool HasUntaken => segments.Any(segment => segment.Untaken > 0);

    /// <summary>Records without an outcome.</summary>
    public long Records => segments.Sum(segment => segment.Unsettled);

    /// <summary>Whether the last write succeeded. After a failure, writing is tried again in intervals.</summary>
    public bool IsUp => failed is null;

    /// <summary>Holds the folder, and finds what an earlier run left. A folder that can't be written is tried again later.</summary>
    /// <exception cref="StartException">Another process holds the folder.</exception>
    public void Open()
    {
        try
        {
            Recover();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    /// <summary>Appends a body.</summary>
    /// <returns>False if the spool can't be written now; the body is still the caller's.</returns>
    public bool TryAppend(ReadOnlySpan<byte> packed, int bytes, int records)
    {
        if (failed is { } since && time.GetElapsedTime(since) < RetryDelay) return false;
        try
        {
            if (!isRecovered) Recover();
            SpoolHeader header = new(packed.Length, bytes, records, Now, SpoolHeader.Crc(packed));
            if (header.Length > maximumBytes) return false;
            MakeRoom(header.Length);
            SegmentFor(header.Length).Append(header, packed);
            (failed, stats.IsUp) = (null, true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StartException)
        {
            Fail(e);
            return false;
        }
        finally
        {
            Publish();
        }
    }

    /// <summary>Takes the oldest body that is intact and not too old.</summary>
    public bool TryTake(out SpoolEntry entry)
    {
        Expire();
        for (LinkedListNode<SpoolSegment>? node = segments.First, next; node is not null; node = next)
        {
            next = node.Next;
            while (node.Value.Untaken > 0 && TryTake(node.Value, out entry))
            {
                if (!IsTooOld(entry.Header.Written)) return true;
                losses.Expired(Duration.Format(maximumAge), entry.Header.Records);
                queue.CountLost(LossReason.SpoolExpired, entry.Header.Records);
                Settle(entry);
            }
        }
        entry = default;
        return false;
    }

    /// <summary>How long ago a body was written.</summary>
    public TimeSpan Age(in SpoolEntry entry) => TimeSpan.FromMilliseconds(Math.Max(0, Now - entry.Header.Written));

    /// <summary>Every record of the body has its outcome.</summary>
    public void Settle(in SpoolEntry entry)
    {
        SpoolSegment segment = entry.Segment;
        if (segment.IsDropped) return;
        try
        {
            segment.Settle(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start sends the body again, which its ids make harmless.
        }
        if (segment.Unsettled == 0) Remove(segment);
        Publish();
    }

    /// <summary>The content of a body is not what its header says, although its checksum is right.</summary>
    public void Reject(in SpoolEntry entry)
    {
        losses.Damaged(entry.Segment.Path, entry.Header.Records);
        queue.CountLost(LossReason.SpoolDamaged, entry.Header.Records);
        Settle(entry);
    }

    public void Dispose() => folder.Dispose();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Recover()
    {
        folder.Hold();
        isRecovered = true;
        foreach (SpoolSegment segment in folder.Existing())
        {
            (long tornBytes, long tornRecords, long damagedBytes) = segment.Recover();
            if (tornBytes > 0) logger.Torn(segment.Path, tornBytes, tornRecords);
            if (damagedBytes > 0) logger.DamagedBytes(segment.Path, damagedBytes);
            queue.CountLostLater(LossReason.SpoolDamaged, tornRecords);
            segments.AddLast(segment);
            if (segment.Unsettled == 0) Remove(segment);
        }
        queue.CountFound(Records);
        if (Records > 0) logger.Found(FolderPath, Records);
        Publish();
    }

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
            logger.Deleted(segment.Path, segment.Untaken);
            Lose(segment, LossReason.SpoolDeleted, drop: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            troubles.NotReadable(segment.Path, e.Message, segment.Untaken);
            Lose(segment, LossReason.SpoolDamaged, drop: true);
        }
        return false;
    }

    /// <summary>The segment that is written, or a new one if that is full, old or deleted.</summary>
    private SpoolSegment SegmentFor(int length)
    {
        folder.Hold();
        if (written is not null && !File.Exists(written.Path))
        {
            foreach (SpoolSegment gone in segments.Where(segment => !File.Exists(segment.Path)).ToArray())
            {
                logger.Deleted(gone.Path, gone.Untaken);
                Lose(gone, LossReason.SpoolDeleted, drop: true);
            }
        }
        bool isFull = written is not null && written.Length + length > Math.Min(SegmentBytes, maximumBytes / LeastSegments);
        if (written is null || isFull || Now - written.Oldest > maximumAge.TotalMilliseconds / SegmentsPerAge) written = segments.AddLast(folder.Next()).Value;
        return written;
    }

    private void MakeRoom(int length)
    {
        Expire();
        while (segments.First is { } oldest && segments.Sum(segment => segment.Length) + length > maximumBytes)
        {
            if (oldest.Value.Untaken > 0) losses.Full(ByteSize.Format(maximumBytes), oldest.Value.Untaken);
            Lose(oldest.Value, LossReason.SpoolFull, drop: true);
        }
    }

    private void Expire()
    {
        while (segments.First is { Value: { Newest: > 0 } oldest } && IsTooOld(oldest.Newest))
        {
            if (oldest.Untaken > 0) losses.Expired(Duration.Format(maximumAge), oldest.Untaken);
            Lose(oldest, LossReason.SpoolExpired, drop: true);
        }
    }

    private bool IsTooOld(long writtenAt) => Now - writtenAt > maximumAge.TotalMilliseconds;

    /// <summary>Counts what senders have not taken. They still have what they have taken.</summary>
    private void Lose(SpoolSegment segment, LossReason reason, bool drop = false)
    {
        queue.CountLost(reason, segment.GiveUp());
        if (drop || segment.Unsettled == 0) Remove(segment);
        Publish();
    }

    private void Remove(SpoolSegment segment)
    {
        segment.IsDropped = true;
        segments.Remove(segment);
        if (written == segment) written = null;
        try
        {
            File.Delete(segment.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            troubles.NotWritable(FolderPath, e.Message, Duration.Format(RetryDelay));
        }
    }

    private void Fail(Exception error)
    {
        (failed, stats.IsUp) = (time.GetTimestamp(), false);
        // An empty segment that could not be created is not one.
        if (written is { Length: 0 }) Remove(written);
        troubles.NotWritable(FolderPath, error.Message, Duration.Format(RetryDelay));
    }

    private void Publish() => stats.Set(segments.Sum(segment => segment.Length), Records, segments.First?.Value.Oldest ?? 0);
}
