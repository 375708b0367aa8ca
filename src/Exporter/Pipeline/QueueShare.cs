namespace SFlow.Exporter.Pipeline;

/// <summary>One worker's way into one queue: while the queue is crowded, an agent that has more than its share in it waits outside, and is counted as lost.</summary>
internal sealed class QueueShare(RecordPool pool, RecordQueue queue)
{
    private RecordBatch? open;

    public RecordQueue Queue => queue;

    /// <summary>The queue is half full, as of the last <see cref="Begin"/>.</summary>
    public bool IsCrowded { get; private set; }

    /// <summary>A batch begins: looks at the queue.</summary>
    public void Begin()
    {
        IsCrowded = queue.IsCrowded;
        if (!IsCrowded) Offer();
    }

    /// <summary>Takes of each agent as many as there is room for.</summary>
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

    /// <summary>Lets go of what is gathered.</summary>
    public void Offer()
    {
        if (open is not { Count: > 0 } batch) return;
        open = null;
        batch.Hold(1);
        queue.Offer(batch, reserved: true);
    }
}
