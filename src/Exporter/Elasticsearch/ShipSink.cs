using System.Collections.Concurrent;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Takes batches from the queue, makes bulk bodies of them and hands those to the sender, two at a time. While both wait for the server, batches stay
/// in the queue, which is bounded. At the stop it drains until the deadline.
/// </summary>
internal sealed class ShipSink : BackgroundService
{
    /// <summary>Name of the queue.</summary>
    public const string Name = "elasticsearch";

    private const int RequestsInFlight = 2;

    private readonly RecordQueue queue;
    private readonly ElasticsearchOptions options;
    private readonly ShutdownOptions shutdown;
    private readonly TimeProvider time;
    private readonly ILogger<ShipSink> logger;
    private readonly SearchTransport server;
    private readonly Pause pause;
    private readonly Bootstrap bootstrap;
    private readonly BulkSender sender;
    private readonly EcsDocument document;
    private readonly BulkItemWriter items;
    private readonly CancellationTokenSource deadline = new();
    private readonly SemaphoreSlim slots = new(RequestsInFlight);
    private readonly ConcurrentBag<BulkBody> free = [];
    private BulkBody open;
    private long opened;

    /// <exception cref="StartException">The options lead nowhere.</exception>
    public ShipSink(
        RecordQueue queue, SinkState state, Registries names, ElasticsearchOptions options, ShutdownOptions shutdown, TimeProvider time, ILogger<ShipSink> logger,
        IGeoIp? places = null)
    {
        (this.queue, this.options, this.shutdown, this.time, this.logger) = (queue, options, shutdown, time, logger);
        StreamName stream = new(options.DataStream);
        server = new SearchTransport(options, time, logger);
        pause = new Pause(time);
        bootstrap = new Bootstrap(server, stream, options.Setup, state, pause, time, logger);
        sender = new BulkSender(server, bootstrap, stream, queue, state, pause, time, logger);
        document = new EcsDocument(names, stream, places);
        items = new BulkItemWriter(document);
        open = NewBody();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        pause.Stop();
        using CancellationTokenSource timer = new(shutdown.Deadline, time);
        await using (timer.Token.Register(deadline.Cancel))
        await using (cancellationToken.Register(deadline.Cancel))
        {
            if (ExecuteTask is { } loop) await loop;
        }
        if (queue.Lost(LossReason.Shutdown) is > 0 and long lost)
            logger.Stopped(Duration.Format(shutdown.Deadline), lost);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        server.Dispose();
        bootstrap.Dispose();
        pause.Dispose();
        items.Dispose();
        document.Dispose();
        slots.Dispose();
        deadline.Dispose();
    }

    /// <summary>Runs until the queue is complete and all is settled, or the deadline passes.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await PrepareAsync();
            await FillAsync();
            if (open.Count > 0) await SendAsync();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            CountRest();
        }
        for (int i = 0; i < RequestsInFlight; i++) await slots.WaitAsync(CancellationToken.None);
    }

    /// <summary>Makes the server ready, unless the stop comes first and finds nothing to send.</summary>
    private async Task PrepareAsync()
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        Task prepared = bootstrap.EnsureAsync(end.Token).AsTask();
        if (await Task.WhenAny(prepared, queue.Reader.Completion) != prepared) await end.CancelAsync();
        try
        {
            await prepared;
        }
        catch (OperationCanceledException) when (queue.Reader.Completion.IsCompleted)
        {
            // Nothing was left to be sent.
        }
    }

    /// <summary>Until the open body has to leave. Monotonic: a clock that is set would give a wait that no timer takes.</summary>
    private TimeSpan Left => options.FlushInterval - time.GetElapsedTime(opened);

    private async Task FillAsync()
    {
        Task<bool> ready = queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (true)
        {
            if (!ready.IsCompleted) await WaitAsync(ready);
            if (open.Count > 0 && Left <= TimeSpan.Zero) await SendAsync();
            if (!ready.IsCompleted) continue;
            if (!await ready) return;
            if (queue.Reader.TryRead(out RecordBatch? batch)) await TakeAsync(batch);
            ready = queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        }
    }

    /// <summary>Until there is a batch, the open body has to leave, or the deadline passes.</summary>
    private async Task WaitAsync(Task ready)
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        TimeSpan left = open.Count == 0 ? Timeout.InfiniteTimeSpan : Left;
        if (open.Count == 0 || left > TimeSpan.Zero) await Task.WhenAny(ready, Task.Delay(left, time, waited.Token));
        await waited.CancelAsync();
        deadline.Token.ThrowIfCancellationRequested();
    }

    private async Task TakeAsync(RecordBatch batch)
    {
        int taken = 0;
        try
        {
            for (; taken < batch.Count; taken++)
            {
                if (TryAdd(batch.Records[taken])) continue;
                await SendAsync();
                TryAdd(batch.Records[taken]);
            }
        }
        finally
        {
            if (taken < batch.Count) queue.CountLost(LossReason.Shutdown, batch.Count - taken);
            batch.Release();
        }
    }

    private bool TryAdd(in Flow record)
    {
        if (open.Count == 0) opened = time.GetTimestamp();
        return open.TryAdd(items.Write(record));
    }

    /// <summary>Hands the open body to the sender as soon as there is a free place.</summary>
    private async Task SendAsync()
    {
        await slots.WaitAsync(deadline.Token);
        BulkBody body = open;
        open = free.TryTake(out BulkBody? used) ? used : NewBody();
        _ = Task.Run(() => SettleAsync(body));
    }

    private async Task SettleAsync(BulkBody body)
    {
        try
        {
            await sender.SettleAsync(body, deadline.Token);
        }
        catch (Exception e)
        {
            // A fault of ours: without this line the records would leave no trace.
            logger.SendFailed(e, body.Count);
            queue.CountLost(LossReason.WriteFailed, body.Count);
            body.Clear();
        }
        free.Add(body);
        slots.Release();
    }

    private BulkBody NewBody() => new(options.BulkBytes);

    /// <summary>The deadline passed: what waits is lost; the sender does the same with what is on its way.</summary>
    private void CountRest()
    {
        queue.CountLost(LossReason.Shutdown, open.Count);
        open.Clear();
        while (queue.Reader.TryRead(out RecordBatch? batch))
        {
            queue.CountLost(LossReason.Shutdown, batch.Count);
            batch.Release();
        }
    }
}
