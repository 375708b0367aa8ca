using System.Collections.Concurrent;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Elasticsearch.Spool;

/// <summary>
/// Bodies in memory first, as in <see cref="BulkQueue"/>. If the server takes none for a while, they go to disk, compressed, until the senders have taken all
/// of them from there. While the disk fails, bodies wait in memory. At the deadline of a stop, the disk keeps what is left for the next start.
/// </summary>
internal sealed class SpoolQueue(BodySpool spool, ElasticsearchOptions options, TimeProvider time, ILogger logger) : IBulkQueue, IDisposable
{
    /// <summary>Bodies that wait in memory.</summary>
    private const int Bodies = 1;

    /// <summary>How long a body waits for room in memory. Short pauses of the server need no disk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Servers and proxies that limit requests ask for seconds or a minute. More than this is a mistake on the way, or another outage.</summary>
    private static readonly TimeSpan LongestRetryAfterWithRoom = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Queue<BulkBody> waiting = new();
    private readonly ConcurrentBag<BulkBody> free = [];
    private readonly ConcurrentDictionary<BulkBody, SpoolEntry> taken = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isComplete;

    public long? WaitingSince
    {
        get
        {
            lock (gate) return waiting.TryPeek(out BulkBody? body) ? body.Since : null;
        }
    }

    public TimeSpan LongestRetryAfter
    {
        get
        {
            lock (gate) return spool.HasRoom && LongestRetryAfterWithRoom < options.SpoolAge / 2 ? LongestRetryAfterWithRoom : Backoff.Longest;
        }
    }

    public void Open() => spool.Open();

    public async ValueTask<BulkBody> AddAsync(BulkBody body, CancellationToken deadline)
    {
        long start = time.GetTimestamp();
        ReadOnlyMemory<byte>? packed = null;
        while (true)
        {
            Task change;
            TimeSpan left = Patience - time.GetElapsedTime(start);
            bool needsDisk;
            lock (gate)
            {
                bool isBehindDisk = spool.HasUntaken && spool.IsUp;
                needsDisk = isBehindDisk || left <= TimeSpan.Zero || deadline.IsCancellationRequested;
                if (!isBehindDisk && waiting.Count < Bodies)
                {
                    waiting.Enqueue(body);
                    Change();
                    return free.TryTake(out BulkBody? used) ? used : new BulkBody(options.BulkBytes);
                }
                if (packed is { } bytes && spool.TryAppend(bytes.Span, body.Length, body.Count))
                {
                    Change();
                    body.Clear();
                    return body;
                }
                change = changed.Task;
            }
            if (needsDisk && packed is null)
            {
                packed = body.Pack();
                continue;
            }
            deadline.ThrowIfCancellationRequested();
            await WaitAsync(change, left > TimeSpan.Zero ? left : Patience, deadline);
        }
    }

    public async ValueTask<BulkBody?> TakeAsync(CancellationToken deadline)
    {
        while (true)
        {
            deadline.ThrowIfCancellationRequested();
            Task change;
            SpoolEntry entry;
            lock (gate)
            {
                if (waiting.TryDequeue(out BulkBody? body))
                {
                    Change();
                    return body;
                }
                if (!spool.TryTake(out entry))
                {
                    if (isComplete) return null;
                    change = changed.Task;
                }
                else change = Task.CompletedTask;
            }
            if (entry.Packed is null) await change.WaitAsync(deadline);
            else if (Unpack(entry) is { } kept) return kept;
        }
    }

    public void Settle(BulkBody body)
    {
        if (!taken.TryRemove(body, out SpoolEntry entry))
        {
            body.Clear();
            free.Add(body);
            return;
        }
        lock (gate) spool.Settle(entry);
    }

    public int Abandon(BulkBody body, int left)
    {
        lock (gate)
        {
            // The disk has the whole body: what was settled of it is already there at the next start.
            if (taken.TryRemove(body, out SpoolEntry entry) && !entry.Segment.IsDropped) return 0;
            return TryKeep(body) ? 0 : left;
        }
    }

    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
            Change();
        }
    }

    public int Close()
    {
        Complete();
        int lost = 0;
        lock (gate)
        {
            while (waiting.TryDequeue(out BulkBody? body)) lost += TryKeep(body) ? 0 : body.Count;
            if (spool.Records > 0) logger.Kept(spool.FolderPath, spool.Records);
            spool.Close();
        }
        return lost;
    }

    public void Dispose() => spool.Dispose();

    private bool TryKeep(BulkBody body) => spool.TryAppend(body.Pack().Span, body.Length, body.Count);

    private BulkBody? Unpack(in SpoolEntry entry)
    {
        if (entry.Unpack(options.BulkBytes) is not { } body)
        {
            lock (gate) spool.Reject(entry);
            return null;
        }
        body.Since = time.GetTimestamp() - (long)(spool.Age(entry).TotalSeconds * time.TimestampFrequency);
        taken[body] = entry;
        return body;
    }

    private async Task WaitAsync(Task change, TimeSpan longest, CancellationToken deadline)
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        await Task.WhenAny(change, Task.Delay(longest, time, waited.Token));
        await waited.CancelAsync();
    }

    /// <summary>Wakes everything that waits for a body or for room.</summary>
    private void Change()
    {
        TaskCompletionSource before = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }
}
