namespace SFlow.Exporter.Pipeline;

/// <summary>Last stage of the line: gathers records into batches and offers each full one to every sink. Never waits.</summary>
internal sealed class RecordFan(RecordPool pool, RecordQueue[] queues) : IFlowStage
{
    private RecordBatch? open;

    public void Process(Span<FlowRecord> records)
    {
        if (queues.Length == 0) return;
        foreach (ref readonly FlowRecord record in records)
        {
            open ??= pool.Rent();
            open.Add(record);
            if (open.IsFull) Idle();
        }
    }

    public void Idle()
    {
        if (open is not { Count: > 0 } batch) return;
        open = null;
        batch.Hold(queues.Length);
        foreach (RecordQueue queue in queues) queue.Offer(batch);
    }
}
