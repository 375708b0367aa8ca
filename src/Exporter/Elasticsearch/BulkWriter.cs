using SFlow.Exporter.Elasticsearch.RollUp;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Writes the records of the queue as documents into bulk bodies, one after the other. Only bytes leave it. A body that is full or old enough goes to
/// the queue of bodies; while that has no room, records wait in their own queue, which is bounded and fair.
/// </summary>
internal sealed class BulkWriter(RecordQueue records, IBulkQueue bodies, BulkItemWriter items, Rollup? rollup, ElasticsearchOptions options, TimeProvider time)
{
    private BulkBody open = new(options.BulkBytes);

    /// <summary>Since when the oldest record of the open body waits; null if it is empty.</summary>
    public long? OpenSince => open.Count > 0 ? open.Since : null;

    /// <summary>Until the open body has to leave. Monotonic: a clock that is set would give a wait that no timer takes.</summary>
    private TimeSpan Left => options.FlushInterval - time.GetElapsedTime(open.Since);

    /// <summary>Runs until the queue of records is complete and empty, or the deadline passes. Then what is left here and there is lost and counted.</summary>
    public async Task RunAsync(CancellationToken deadline)
    {
        try
        {
            await FillAsync(deadline);
            rollup?.CloseAll(RollupClose.Stop);
            await WriteRollupAsync(deadline);
            if (open.Count > 0) await HandOverAsync(deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            CountRest();
        }
        finally
        {
            bodies.Complete();
        }
    }

    private async Task FillAsync(CancellationToken deadline)
    {
        Task<bool> ready = records.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (true)
        {
            if (!ready.IsCompleted) await WaitAsync(ready, deadline);
            if (open.Count > 0 && Left <= TimeSpan.Zero) await HandOverAsync(deadline);
            if (!ready.IsCompleted)
            {
                rollup?.Close(time.GetUtcNow().ToUnixNanoseconds());
                await WriteRollupAsync(deadline);
                continue;
            }
            if (!await ready) return;
            if (records.Reader.TryRead(out RecordBatch? batch)) await WriteAsync(batch, deadline);
            ready = records.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        }
    }

    /// <summary>Until there is a batch, the open body has to leave, a window is over, or the deadline passes.</summary>
    private async Task WaitAsync(Task ready, CancellationToken deadline)
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        TimeSpan? left = open.Count == 0 ? null : Left;
        if (rollup?.NextClose is { } close)
        {
            TimeSpan window = UnixTime.ToTimeSpan(close - time.GetUtcNow().ToUnixNanoseconds());
            // A clock that is set must not make the wait longer than a window.
            if (window > options.RollupWindow * 2) window = options.RollupWindow * 2;
            if (left is null || window < left) left = window;
        }
        if (left is null || left > TimeSpan.Zero) await Task.WhenAny(ready, Task.Delay(left ?? Timeout.InfiniteTimeSpan, time, waited.Token));
        await waited.CancelAsync();
        deadline.ThrowIfCancellationRequested();
    }

    private async Task WriteAsync(RecordBatch batch, CancellationToken deadline)
    {
        int taken = 0;
        items.Begin();
        try
        {
            if (rollup is null)
            {
                for (; taken < batch.Count; taken++)
                {
                    if (TryAdd(batch.Records[taken])) continue;
                    await HandOverAsync(deadline);
                    TryAdd(batch.Records[taken]);
                }
                return;
            }
            while (taken < batch.Count)
            {
                rollup.Add(batch.Records[taken++]);
                await WriteRollupAsync(deadline);
            }
            // While records wait, their own time says what is over: the queue may be behind the clock.
            rollup.Close(batch.Records[^1].TimestampNanoseconds);
            await WriteRollupAsync(deadline);
        }
        finally
        {
            if (taken < batch.Count) records.CountLost(LossReason.Shutdown, batch.Count - taken);
            batch.Release();
        }
    }

    /// <summary>Writes the combined records whose window is closed.</summary>
    private async ValueTask WriteRollupAsync(CancellationToken deadline)
    {
        if (rollup?.Next is null) return;
        items.Begin();
        while (rollup.Next is { } group)
        {
            if (!TryAdd(group))
            {
                await HandOverAsync(deadline);
                TryAdd(group);
            }
            records.CountRolledUp(group.Samples - 1);
            rollup.Done();
        }
    }

    private bool TryAdd(RolledFlow group)
    {
        if (open.Count == 0) open.Since = time.GetTimestamp();
        return open.TryAdd(items.Write(group));
    }

    private bool TryAdd(in Flow record)
    {
        if (open.Count == 0) open.Since = time.GetTimestamp();
        return open.TryAdd(items.Write(record));
    }

    private async Task HandOverAsync(CancellationToken deadline) => open = await bodies.AddAsync(open, deadline);

    private void CountRest()
    {
        records.CountLost(LossReason.Shutdown, open.Count + (rollup?.Records ?? 0));
        while (records.Reader.TryRead(out RecordBatch? batch))
        {
            records.CountLost(LossReason.Shutdown, batch.Count);
            batch.Release();
        }
    }
}
