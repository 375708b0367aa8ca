namespace SFlow.Exporter.Store;

/// <summary>
/// Up to which position records were written long ago by the monotonic clock. Records whose own time lies in the future (the clock was ahead
/// when they came, and was set back) are never too old by it, so the time of their writing decides.
/// </summary>
internal sealed class WrittenTimes(TimeProvider time, TimeSpan maximumAge)
{
    /// <summary>Marks in one greatest age: more are no use, since records may stay a little longer.</summary>
    private const int Marks = 64;

    private readonly Queue<(long Position, long At)> marks = [];
    private long? lastMark;
    private long longAgo;

    /// <summary>All records up to a position are written by now.</summary>
    public void Mark(long position)
    {
        long now = time.GetTimestamp();
        if (lastMark is { } last && time.GetElapsedTime(last, now) < maximumAge / Marks) return;
        lastMark = now;
        marks.Enqueue((position, now));
    }

    /// <summary>The last position that was written more than the greatest age ago; 0 when there is none.</summary>
    public long LongAgo()
    {
        while (marks.TryPeek(out (long Position, long At) mark) && time.GetElapsedTime(mark.At) > maximumAge)
        {
            longAgo = mark.Position;
            marks.Dequeue();
        }
        return longAgo;
    }

    /// <summary>A new file begins: its positions are others.</summary>
    public void Clear()
    {
        marks.Clear();
        (lastMark, longAgo) = (null, 0);
    }
}
