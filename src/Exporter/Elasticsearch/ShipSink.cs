using SFlow.Exporter.Elasticsearch.DeadLetters;
using SFlow.Exporter.Elasticsearch.RollUp;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Ships records: one task writes them as bulk bodies, two send bodies, a queue of bodies is between them. At the stop it drains until the deadline.
/// </summary>
internal sealed class ShipSink : BackgroundService
{
    /// <summary>Name of the queue.</summary>
    public const string Name = "elasticsearch";

    private const int RequestsInFlight = 2;

    private readonly RecordQueue queue;
    private readonly IBulkQueue bodies;
    private readonly ShutdownOptions shutdown;
    private readonly TimeProvider time;
    private readonly ILogger<ShipSink> logger;
    private readonly Pause pause;
    private readonly Bootstrap bootstrap;
    private readonly BulkSender sender;
    private readonly BulkWriter writer;
    private readonly CancellationTokenSource deadline = new();

    /// <summary>For each sender, since when the oldest record of its body waits; 0 without a body.</summary>
    private readonly long[] sending = new long[RequestsInFlight];

    public ShipSink(
        RecordQueue queue, IBulkQueue bodies, ISearchTransport server, SinkState state, ShipStats stats, Registries names, ElasticsearchOptions options,
        ShutdownOptions shutdown, TimeProvider time, ILogger<ShipSink> logger, RejectedItems? deadLetters = null, IGeoIp? places = null, RecordOrigin? origin = null)
    {
        (this.queue, this.bodies, this.shutdown, this.time, this.logger) = (queue, bodies, shutdown, time, logger);
        StreamName stream = new(options.DataStream);
        pause = new Pause(time);
        Backoff backoff = new(() => bodies.LongestRetryAfter);
        bootstrap = new Bootstrap(server, stream, options.Setup ? new SetupSteps(server, stream, options, logger) : null, state, backoff, pause, time, logger);
        sender = new BulkSender(server, bootstrap, stream, queue, state, stats, deadLetters, backoff, pause, time, logger);
        EcsDocument document = new(names, stream, origin ?? new RecordOrigin(), places);
        writer = new BulkWriter(queue, bodies, new BulkItemWriter(document, time), stats.Rollup is { } rollup ? new Rollup(options, names, rollup, time) : null, options, time);
        stats.Lag = Lag;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        bodies.Open();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        pause.Stop();
        using CancellationTokenSource timer = new(shutdown.Deadline, time);
        await using (timer.Token.Register(deadline.Cancel))
        await using (cancellationToken.Register(deadline.Cancel))
        {
            // A fault of it is reported once, by the end of the program.
            if (ExecuteTask is { } loop) await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (queue.Lost(LossReason.Shutdown) is > 0 and long lost)
            logger.Stopped(Duration.Format(shutdown.Deadline), lost);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        bootstrap.Dispose();
        pause.Dispose();
        deadline.Dispose();
    }

    /// <summary>Runs until the queue is complete and all is settled, or the deadline passes.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task[] parts = [Task.Run(() => writer.RunAsync(deadline.Token), CancellationToken.None), .. Enumerable.Range(0, RequestsInFlight).Select(sender => Task.Run(() => SendAsync(sender), CancellationToken.None))];
        try
        {
            // The first part that fails stops the others and the program. Without one of them, records would wait for ever.
            await foreach (Task ended in Task.WhenEach(parts)) await ended;
        }
        catch
        {
            await deadline.CancelAsync();
            throw;
        }
        finally
        {
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            queue.CountLost(LossReason.Shutdown, bodies.Close());
        }
    }

    /// <summary>Age of the oldest record in memory without an outcome. Records in the queue are younger: the writer takes them as soon as its body has room.</summary>
    private TimeSpan Lag()
    {
        long now = time.GetTimestamp(), oldest = Math.Min(writer.OpenSince ?? now, bodies.WaitingSince ?? now);
        foreach (ref long since in sending.AsSpan())
            if (Volatile.Read(ref since) is not 0 and long stamp) oldest = Math.Min(oldest, stamp);
        return time.GetElapsedTime(oldest, now);
    }

    private async Task SendAsync(int sender)
    {
        try
        {
            Task<BulkBody?> next = bodies.TakeAsync(deadline.Token).AsTask();
            await PrepareAsync(next);
            while (await next is { } body)
            {
                Volatile.Write(ref sending[sender], body.Since);
                await SettleAsync(body);
                Volatile.Write(ref sending[sender], 0);
                next = bodies.TakeAsync(deadline.Token).AsTask();
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What waits is counted when all senders have ended.
        }
    }

    /// <summary>Makes the server ready before the first record comes, unless the stop comes first and finds nothing to send.</summary>
    private async Task PrepareAsync(Task<BulkBody?> next)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        Task prepared = bootstrap.EnsureAsync(end.Token).AsTask();
        try
        {
            if (await Task.WhenAny(prepared, next) == next && await next is null) await end.CancelAsync();
            await prepared;
        }
        catch (OperationCanceledException)
        {
            // Nothing is left to be sent, or the deadline passed: what was taken meanwhile is settled as every body.
        }
    }

    private async Task SettleAsync(BulkBody body)
    {
        int left = await sender.SettleAsync(body, deadline.Token);
        if (left == 0) bodies.Settle(body);
        else queue.CountLost(LossReason.Shutdown, bodies.Abandon(body, left));
    }
}
