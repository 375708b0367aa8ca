using System.Threading.Channels;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Why a record did not reach its sink, or did not stay there: the last two are records that the embedded store had written, and lost with
/// its file. Closed set; the names become label values in snake_case.
/// </summary>
internal enum LossReason : byte { QueueFull, WriteFailed, Rejected, Shutdown, StoreDeleted, StoreDamaged }

/// <summary>A full batch of records, shared read-only by the sinks; the last one to release it gives it back to the pool.</summary>
internal sealed class RecordBatch(RecordPool pool, int capacity)
{
    private readonly FlowRecord[] records = new FlowRecord[capacity];
    private int holders;

    public int Count { get; private set; }
    public bool IsFull => Count == records.Length;
    public ReadOnlySpan<FlowRecord> Records => records.AsSpan(0, Count);

    public void Add(in FlowRecord record) => records[Count++] = record;

    public void Hold(int sinks) => Volatile.Write(ref holders, sinks);

    public void Release()
    {
        if (Interlocked.Decrement(ref holders) > 0) return;
        Count = 0;
        pool.Return(this);
    }
}

/// <summary>Batches for reuse, so that steady traffic allocates none.</summary>
internal sealed class RecordPool(int batchSize)
{
    private readonly System.Collections.Concurrent.ConcurrentBag<RecordBatch> free = [];

    public RecordBatch Rent() => free.TryTake(out RecordBatch? batch) ? batch : new RecordBatch(this, batchSize);

    public void Return(RecordBatch batch) => free.Add(batch);
}

/// <summary>
/// The bounded way from the workers to one sink. A full queue never makes a worker wait: the batch is lost and counted.
/// </summary>
internal sealed class RecordQueue(string sink, int capacityBatches)
{
    private readonly Channel<RecordBatch> channel = Channel.CreateBounded<RecordBatch>(new BoundedChannelOptions(capacityBatches) { SingleReader = true });
    private readonly long[] lost = new long[Enum.GetValues<LossReason>().Length];
    private long written, alreadyThere, waiting;

    /// <summary>Name of the sink: label value <c>sink</c>.</summary>
    public string Sink => sink;

    public ChannelReader<RecordBatch> Reader => channel.Reader;

    /// <summary>Records that wait for the sink (those that it has taken but not settled included).</summary>
    public long Waiting => Volatile.Read(ref waiting);
    public long Written => Volatile.Read(ref written);
    /// <summary>Records that the sink had already, from an earlier try or another exporter: a success.</summary>
    public long AlreadyThere => Volatile.Read(ref alreadyThere);
    public long Lost(LossReason reason) => Volatile.Read(ref lost[(int)reason]);

    /// <summary>Offers a batch that is already held for this sink; a batch that finds no room is released and counted as lost.</summary>
    public void Offer(RecordBatch batch)
    {
        Interlocked.Add(ref waiting, batch.Count);
        if (channel.Writer.TryWrite(batch)) return;
        CountLost(LossReason.QueueFull, batch.Count);
        batch.Release();
    }

    public void Complete() => channel.Writer.TryComplete();

    /// <summary>The sink settles what it took: each record is exactly one of written, already there or lost.</summary>
    public void CountWritten(long records) { Interlocked.Add(ref written, records); Interlocked.Add(ref waiting, -records); }
    public void CountAlreadyThere(long records) { Interlocked.Add(ref alreadyThere, records); Interlocked.Add(ref waiting, -records); }
    public void CountLost(LossReason reason, long records) { Interlocked.Add(ref lost[(int)reason], records); Interlocked.Add(ref waiting, -records); }

    /// <summary>Records that were settled as written are lost afterwards, with the file that held them.</summary>
    public void CountLostLater(LossReason reason, long records) => Interlocked.Add(ref lost[(int)reason], records);
}
