namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Last stage of the pipeline: collects records into batches and offers each full one to every sink. Never waits. All sinks share a batch. A
/// sink whose queue is half full gets its own batches, in which no agent has more than its share.
/// </summary>
internal sealed class SinkFanout : IFlowStage
{
    private readonly RecordPool pool;
    private readonly QueueShare[] queues;
    private RecordBatch? open;

    public SinkFanout(RecordPool pool, RecordQueue[] queues)
    {
        this.pool = pool;
        this.queues = [.. queues.Select(queue => new QueueShare(pool, queue))];
    }

    public void Process(Span<Flow> records)
    {
        if (queues.Length == 0) return;
        int end;
        for (int first = 0; first < records.Length; first = end)
        {
            open ??= Begin();
            end = Math.Min(records.Length, first + open.Room);
            Span<Flow> part = records[first..end];
            foreach (ref readonly Flow record in part) open.Add(record);
            foreach (QueueShare queue in queues)
                if (queue.IsCrowded) queue.Add(part);
            if (open.IsFull) Offer();
        }
    }

    public void Idle()
    {
        Offer();
        foreach (QueueShare queue in queues) queue.Offer();
    }

    private RecordBatch Begin()
    {
        foreach (QueueShare queue in queues) queue.Begin();
        return pool.Rent();
    }

    private void Offer()
    {
        if (open is not { Count: > 0 } batch) return;
        open = null;
        int sharing = 0;
        foreach (QueueShare queue in queues)
            if (!queue.IsCrowded) sharing++;
        // One additional reference, so that a batch without sinks returns to the pool too.
        batch.Hold(sharing + 1);
        foreach (QueueShare queue in queues)
            if (!queue.IsCrowded) queue.Queue.Offer(batch);
        batch.Release();
    }
}
