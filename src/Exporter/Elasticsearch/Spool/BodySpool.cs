using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>Bodies on disk, the oldest first. A body stays until it is settled. What is lost is counted by its reason. One caller at a time.</summary>
internal sealed class BodySpool : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    private readonly SpoolFolder folder;
    private readonly TimeSpan maximumAge;
    private readonly RecordQueue queue;
    private readonly SpoolStats stats;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly RateLimitedLogger troubles, losses;
    private readonly SpoolClock clock;
    private readonly SegmentList segments;
    private readonly SpoolLimits limits;
    private readonly SpoolJournal journal;
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
        (maximumAge, this.queue, this.stats, this.time, this.logger) = (options.SpoolAge, queue, stats, time, logger);
        (troubles, losses, clock) = (new RateLimitedLogger(logger, time), new RateLimitedLogger(logger, time), new SpoolClock(time));
        segments = new SegmentList(this.folder, queue, stats, clock, logger, troubles, losses);
        limits = new SpoolLimits(segments, options, clock, losses);
        journal = new SpoolJournal(FolderPath, queue, stats, time, logger);
    }

    public string FolderPath => folder.FolderPath;

    /// <summary>Whether there are records that no sender has taken.</summary>
    public bool HasUntaken => segments.HasUntaken;

    /// <summary>Records without an outcome.</summary>
    public long Records => segments.Unsettled;

    /// <summary>Whether the last write succeeded. After a failure, writing is tried again in intervals.</summary>
    public bool IsUp => failed is null;

    /// <summary>Whether it takes bodies, and less than half of its maximum size is used.</summary>
    public bool HasRoom => IsUp && limits.AreFar;

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
            SpoolHeader header = new(packed.Length, bytes, records, clock.Written, SpoolHeader.Crc(packed));
            if (!limits.Allow(header.Length)) return false;
            limits.MakeRoom(header.Length);
            SegmentFor(header.Length).Append(header, packed, clock.Now);
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
            segments.Publish();
        }
    }

    /// <summary>Takes the oldest body that is intact and not too old.</summary>
    public bool TryTake(out SpoolEntry entry)
    {
        limits.Expire();
        return segments.TryTake(out entry);
    }

    /// <summary>How long ago a body was written, at most.</summary>
    public TimeSpan Age(in SpoolEntry entry) => TimeSpan.FromMilliseconds(clock.Now - entry.Segment.Oldest);

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
        if (segment.Unsettled == 0) segments.Remove(segment);
        segments.Publish();
    }

    /// <summary>The content of a body is not what its header says, although its checksum is right.</summary>
    public void Reject(in SpoolEntry entry)
    {
        losses.Damaged(entry.Segment.Path, entry.Header.Records);
        queue.CountLost(LossReason.SpoolDamaged, entry.Header.Records);
        Settle(entry);
    }

    /// <summary>The run ends by a stop: what is left is on disk, or counted as lost.</summary>
    public void Close() => journal.Close();

    public void Dispose()
    {
        journal.Dispose();
        folder.Dispose();
    }

    private void Recover()
    {
        folder.Hold();
        isRecovered = true;
        segments.Recover(written => clock.Believed(written, maximumAge));
        queue.CountFound(Records);
        stats.Restored = Records;
        if (Records > 0) logger.Found(FolderPath, Records);
        journal.Open();
        segments.Publish();
    }

    /// <summary>The segment that is written, or a new one if that is full, old or deleted.</summary>
    private SpoolSegment SegmentFor(int length)
    {
        folder.Hold();
        segments.LoseDeleted();
        return segments.Written is { } open && limits.Allow(open, length) ? open : segments.Begin();
    }

    private void Fail(Exception error)
    {
        (failed, stats.IsUp) = (time.GetTimestamp(), false);
        troubles.NotWritable(FolderPath, error.Message, Duration.Format(RetryDelay));
        // An empty segment that could not be created is not one.
        if (segments.Written is { Length: 0 } empty) segments.Remove(empty);
    }
}
