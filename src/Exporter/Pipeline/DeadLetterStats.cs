namespace SFlow.Exporter.Pipeline;

/// <summary>Why a dead letter is not kept. Closed set; the names become label values in snake_case.</summary>
internal enum DeadLetterLoss : byte
{
    /// <summary>It was among the oldest when the folder reached its limit.</summary>
    Limit,

    /// <summary>The disk refused it.</summary>
    WriteFailed,
}

/// <summary>Dead letters kept and lost by this process, and the size of their folder.</summary>
/// <param name="limit">Maximum size in bytes.</param>
internal sealed class DeadLetterStats(long limit)
{
    private readonly long[] lost = new long[Enum.GetValues<DeadLetterLoss>().Length];
    private long kept;

    /// <summary>Maximum size in bytes.</summary>
    public long Limit => limit;

    /// <summary>Size of the files in bytes. It is measured at each call, because the command <c>deadletters send</c> changes it as well.</summary>
    public Func<long> Bytes { get; set; } = () => 0;

    /// <summary>Dead letters written.</summary>
    public long Kept => Volatile.Read(ref kept);

    public long Lost(DeadLetterLoss reason) => Volatile.Read(ref lost[(int)reason]);

    public void CountKept(long letters) => Interlocked.Add(ref kept, letters);

    public void CountLost(DeadLetterLoss reason, long letters) => Interlocked.Add(ref lost[(int)reason], letters);
}
