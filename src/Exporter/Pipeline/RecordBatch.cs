namespace SFlow.Exporter.Pipeline;

/// <summary>A full batch of records, shared read-only by the sinks. The last release returns it to the pool.</summary>
internal sealed class RecordBatch(RecordPool pool, int capacity)
{
    private readonly Flow[] records = new Flow[capacity];
    private readonly (int Agent, int Count)[] runs = new (int, int)[capacity];
    private int holders, runCount;

    public int Count { get; private set; }
    public bool IsFull => Count == records.Length;
    /// <summary>Maximum records.</summary>
    public int Room => records.Length - Count;
    public ReadOnlySpan<Flow> Records => records.AsSpan(0, Count);

    /// <summary>Runs of consecutive records of one agent, to count records by agent quickly.</summary>
    public ReadOnlySpan<(int Agent, int Count)> Runs => runs.AsSpan(0, runCount);

    public void Add(in Flow record)
    {
        records[Count++] = record;
        if (runCount == 0 || runs[runCount - 1].Agent != record.Agent) runs[runCount++] = (record.Agent, 1);
        else runs[runCount - 1].Count++;
    }

    public void Hold(int sinks) => Volatile.Write(ref holders, sinks);

    public void Release()
    {
        if (Interlocked.Decrement(ref holders) > 0) return;
        Count = runCount = 0;
        pool.Return(this);
    }
}

/// <summary>Reused batches, so that steady traffic allocates none.</summary>
internal sealed class RecordPool(int batchSize)
{
    private readonly System.Collections.Concurrent.ConcurrentBag<RecordBatch> free = [];

    public RecordBatch Rent() => free.TryTake(out RecordBatch? batch) ? batch : new RecordBatch(this, batchSize);

    public void Return(RecordBatch batch) => free.Add(batch);
}
