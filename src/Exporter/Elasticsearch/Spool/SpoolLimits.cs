using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>Maximum bytes and age of the spool. Above them, the oldest segments are lost.</summary>
internal sealed class SpoolLimits(SegmentList segments, ElasticsearchOptions options, SpoolClock clock, RateLimitedLogger losses)
{
    /// <summary>Maximum size of a segment, which is what a full spool drops at once. A small spool has smaller ones.</summary>
    private const int SegmentBytes = 16 << 20, LeastSegments = 8;

    /// <summary>A segment is written for this share of the maximum age, so that its last body is not much younger than its first.</summary>
    private const int SegmentsPerAge = 16;

    private readonly long maximumBytes = options.SpoolBytes, maximumAge = (long)options.SpoolAge.TotalMilliseconds;

    /// <summary>Less than half of the maximum size is used.</summary>
    public bool AreFar => segments.Bytes < maximumBytes / 2;

    /// <summary>Whether a body fits into an empty spool.</summary>
    public bool Allow(int length) => length <= maximumBytes;

    /// <summary>Whether a segment has room for a body, and is young enough for it.</summary>
    public bool Allow(SpoolSegment segment, int length) =>
        segment.Length + length <= Math.Min(SegmentBytes, maximumBytes / LeastSegments) && (segment.Oldest == 0 || clock.Now - segment.Oldest <= maximumAge / SegmentsPerAge);

    /// <summary>Loses the oldest segments until there is room.</summary>
    public void MakeRoom(int length)
    {
        Expire();
        while (segments.Oldest is { } oldest && segments.Bytes + length > maximumBytes)
        {
            if (oldest.Untaken > 0) losses.Full(ByteSize.Format(maximumBytes), oldest.Untaken);
            segments.Lose(oldest, LossReason.SpoolFull, drop: true);
        }
    }

    /// <summary>Loses the segments whose last body is too old.</summary>
    public void Expire()
    {
        while (segments.Oldest is { Newest: > 0 } oldest && clock.Now - oldest.Newest > maximumAge)
        {
            if (oldest.Untaken > 0) losses.Expired(Duration.Format(options.SpoolAge), oldest.Untaken);
            segments.Lose(oldest, LossReason.SpoolExpired, drop: true);
        }
    }
}
