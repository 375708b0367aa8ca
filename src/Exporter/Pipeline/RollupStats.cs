namespace SFlow.Exporter.Pipeline;

/// <summary>Why combined records became a document: their window passed, there were too many conversations, or the program stopped. The names become label values in snake_case.</summary>
internal enum RollupClose : byte { Window, Limit, Stop }

/// <summary>State of the roll-up: written by its owner, read by any scrape.</summary>
internal sealed class RollupStats
{
    private readonly long[] documents = new long[Enum.GetValues<RollupClose>().Length];
    private int conversations;

    /// <summary>Conversations in open windows.</summary>
    public int Conversations { get => Volatile.Read(ref conversations); set => Volatile.Write(ref conversations, value); }

    public long Documents(RollupClose reason) => Volatile.Read(ref documents[(int)reason]);

    public void Count(RollupClose reason, long more) => Interlocked.Add(ref documents[(int)reason], more);
}
