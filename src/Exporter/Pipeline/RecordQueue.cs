using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Reason for a lost record. The store's reasons are records that the embedded store had written and lost with its file; the spool's are records that
/// waited on disk for their sink. Closed set; the names become label values in snake_case.
/// </summary>
internal enum LossReason : byte { QueueFull, WriteFailed, Rejected, Shutdown, StoreDeleted, StoreDamaged, SpoolFull, SpoolExpired, SpoolDamaged, SpoolDeleted }

/// <summary>
/// Bounded queue from the workers to one sink. Workers never wait: if the queue is full, the batch is lost and counted. From half full on, an
/// agent gets an equal share of seven eighths, and more only while room is free. So a flood of some agents leaves room for the others.
/// </summary>
internal sealed class RecordQueue(string sink, int capacityBatches)
{
    /// <summary>Records of a batch. A partial batch uses the same room.</summary>
    public const int BatchSize = 512;

    /// <summary>Limit of one agent as a multiple of the free room (Choudhury and Hahne, Dynamic Queue Length Thresholds, 1998).</summary>
    private const int Multiple = 8;

    /// <summary>Share of the queue that is closed to agents above their equal share.</summary>
    private const int Kept = 8;

    /// <summary>Agents with their own count. Ids beyond share one.</summary>
    private const int Agents = 4_096;

    private readonly Channel<RecordBatch> channel = Channel.CreateBounded<RecordBatch>(new BoundedChannelOptions(capacityBatches) { SingleReader = true });
    private readonly long[] lost = new long[Enum.GetValues<LossReason>().Length];
    private readonly int[] ofAgent = new int[Agents];
    private QueueReader? reader;
    private int active;
    private long written, alreadyThere, rolledUp, waiting;

    /// <summary>Name of the sink: label value <c>sink</c>.</summary>
    public string Sink => sink;

    public ChannelReader<RecordBatch> Reader => reader ??= new QueueReader(this);

    /// <summary>Records queued for the sink, including those that it has taken but not settled.</summary>
    public long Waiting => Volatile.Read(ref waiting);
    public long Written => Volatile.Read(ref written);
    /// <summary>Records that the sink already had, from an earlier attempt or another exporter. They count as success.</summary>
    public long AlreadyThere => Volatile.Read(ref alreadyThere);
    /// <summary>Records that became part of the document of another record, whose outcome is that of the document.</summary>
    public long RolledUp => Volatile.Read(ref rolledUp);
    public long Lost(LossReason reason) => Volatile.Read(ref lost[(int)reason]);

    /// <summary>Whether the queue is half full.</summary>
    public bool IsCrowded => channel.Reader.Count * 2 >= capacityBatches;

    /// <summary>Offers a batch with a reference for this sink. If the queue is full, the batch is released and counted as lost.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reserved">Whether its records have room by <see cref="Reserve"/>.</param>
    public void Offer(RecordBatch batch, bool reserved = false)
    {
        Interlocked.Add(ref waiting, batch.Count);
        if (!reserved) Count(batch, +1);
        if (channel.Writer.TryWrite(batch)) return;
        Count(batch, -1);
        CountLost(LossReason.QueueFull, batch.Count);
        batch.Release();
    }

    /// <summary>Number of an agent's records that fit into the queue above half full. The others are lost and counted.</summary>
    public int Reserve(int agent, int records)
    {
        ref int mine = ref ofAgent[agent & (Agents - 1)];
        long kept = capacityBatches * (long)BatchSize / Kept, free = (capacityBatches - channel.Reader.Count) * (long)BatchSize;
        long equal = ((capacityBatches * (long)BatchSize) - kept) / Math.Max(1, Volatile.Read(ref active));
        long room = Math.Max((free - kept) * Multiple, equal);
        int taken = (int)Math.Clamp(room - Volatile.Read(ref mine), 0, records);
        Count(ref mine, taken);
        if (taken < records) Interlocked.Add(ref lost[(int)LossReason.QueueFull], records - taken);
        return taken;
    }

    public void Complete() => channel.Writer.TryComplete();

    /// <summary>Settles records that the sink took: each is exactly one of written, already there or lost.</summary>
    public void CountWritten(long records) { Interlocked.Add(ref written, records); Interlocked.Add(ref waiting, -records); }
    public void CountAlreadyThere(long records) { Interlocked.Add(ref alreadyThere, records); Interlocked.Add(ref waiting, -records); }
    public void CountRolledUp(long records) { Interlocked.Add(ref rolledUp, records); Interlocked.Add(ref waiting, -records); }
    public void CountLost(LossReason reason, long records) { Interlocked.Add(ref lost[(int)reason], records); Interlocked.Add(ref waiting, -records); }

    /// <summary>Records of an earlier run that wait for the sink.</summary>
    public void CountFound(long records) => Interlocked.Add(ref waiting, records);

    /// <summary>Records that do not wait here any more, because an earlier run or the store had them, are lost with the file that held them.</summary>
    public void CountLostLater(LossReason reason, long records) => Interlocked.Add(ref lost[(int)reason], records);

    private void Count(RecordBatch batch, int sign)
    {
        foreach ((int agent, int records) in batch.Runs) Count(ref ofAgent[agent & (Agents - 1)], sign * records);
    }

    private void Count(ref int mine, int records)
    {
        if (records == 0) return;
        int now = Interlocked.Add(ref mine, records);
        if (now == 0) Interlocked.Decrement(ref active);
        else if (now == records) Interlocked.Increment(ref active);
    }

    /// <summary>Reader of the queue. Records that are read give their agents room again.</summary>
    private sealed class QueueReader(RecordQueue queue) : ChannelReader<RecordBatch>
    {
        private readonly ChannelReader<RecordBatch> reader = queue.channel.Reader;

        public override Task Completion => reader.Completion;
        public override bool CanCount => true;
        public override int Count => reader.Count;

        public override bool TryRead([MaybeNullWhen(false)] out RecordBatch item)
        {
            if (!reader.TryRead(out item)) return false;
            queue.Count(item, -1);
            return true;
        }

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => reader.WaitToReadAsync(cancellationToken);
    }
}
