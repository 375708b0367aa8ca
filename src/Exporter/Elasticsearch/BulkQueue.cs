using System.Collections.Concurrent;
using System.Threading.Channels;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Bulk bodies in memory. One waits, so that a sender finds the next. More would wait at the wrong place: in the queue before it, records take a ninth of
/// the memory, and each agent has its share. Bytes and records are bounded, because each body is.
/// </summary>
/// <param name="bodyBytes">Maximum bytes of one body.</param>
internal sealed class BulkQueue(int bodyBytes) : IBulkQueue
{
    /// <summary>Bodies that wait.</summary>
    private const int Bodies = 1;

    private readonly Channel<BulkBody> waiting = Channel.CreateBounded<BulkBody>(new BoundedChannelOptions(Bodies) { SingleWriter = true });
    private readonly ConcurrentBag<BulkBody> free = [];

    public long? WaitingSince => waiting.Reader.TryPeek(out BulkBody? body) ? body.Since : null;

    /// <summary>The memory holds a few seconds of busy traffic: a longer wait after an outage would lose more records than the outage.</summary>
    public TimeSpan LongestRetryAfter => Backoff.Longest;

    public void Open()
    {
        // Memory needs no preparation.
    }

    public async ValueTask<BulkBody> AddAsync(BulkBody body, CancellationToken deadline)
    {
        await waiting.Writer.WriteAsync(body, deadline);
        return free.TryTake(out BulkBody? used) ? used : new BulkBody(bodyBytes);
    }

    public async ValueTask<BulkBody?> TakeAsync(CancellationToken deadline)
    {
        while (await waiting.Reader.WaitToReadAsync(deadline))
            if (waiting.Reader.TryRead(out BulkBody? body)) return body;
        return null;
    }

    public void Settle(BulkBody body)
    {
        body.Clear();
        free.Add(body);
    }

    public int Abandon(BulkBody body, int left) => left;

    public void Complete() => waiting.Writer.TryComplete();

    public int Close()
    {
        Complete();
        int lost = 0;
        while (waiting.Reader.TryRead(out BulkBody? body)) lost += body.Count;
        return lost;
    }
}
