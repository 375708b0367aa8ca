namespace SFlow.Exporter.Pipeline;

/// <summary>Input of one worker to one queue. From half full on, records of an agent above its share are lost and counted.</summary>
internal sealed class QueueShare(RecordPool pool, RecordQueue queue)
{
    private RecordBatch? open;

    public RecordQueue Queue => queue;

    /// <summary>Whether the queue was half full at the last <see cref="Begin"/>.</summary>
    public bool IsCrowded { get; private set; }

    /// <summary>Starts a batch: reads the length of the queue.</summary>
    public void Begin()
    {
        IsCrowded = queue.IsCrowded;
        if (!IsCrowded) Offer();
    }

    /// <summary>Adds as many records of each agent as fit.</summary>
    public void Add(ReadOnlySpan<Flow> records)
    {
        int end;
        for (int first = 0; first < records.Length; first = end)
        {
            int agent = records[first].Agent;
            for (end = first + 1; end < records.Length && records[end].Agent == agent;) end++;
            int taken = queue.Reserve(agent, end - first);
            foreach (ref readonly Flow record in records.Slice(first, taken))
            {
                open ??= pool.Rent();
                open.Add(record);
                if (open.IsFull) Offer();
            }
        }
    }

    /// <summary>Flushes the collected records.</summary>
    public void Offer()
    {
        if (open is not { Count: > 0 } batch) return;
        open = null;
        batch.Hold(1);
        queue.Offer(batch, reserved: true);
    }
}
