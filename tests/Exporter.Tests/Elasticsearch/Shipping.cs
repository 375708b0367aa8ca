using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.DeadLetters;
using SFlow.Exporter.Elasticsearch.Spool;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>A running sink with its queue, and what it logged.</summary>
internal sealed class Shipping : IAsyncDisposable, ILogger<ShipSink>
{
    private readonly RecordPool pool = new(512);
    private readonly TimeProvider time;
    private readonly ShipSink sink;

    private readonly ISearchTransport server;
    private readonly IBulkQueue bodies;

    public Shipping(string url, TimeProvider? time = null, Action<ElasticsearchOptions>? change = null, TimeSpan? deadline = null, int queueBatches = 512, string? spool = null, string? deadLetters = null)
        : this(url, null, null, time, change, deadline, queueBatches, spool, deadLetters)
    {
    }

    /// <summary>A sink over another wire, and another queue of bodies, or a spool in this folder.</summary>
    public Shipping(
        ISearchTransport wire, IBulkQueue? bodies = null, TimeProvider? time = null, Action<ElasticsearchOptions>? change = null, TimeSpan? deadline = null, int queueBatches = 512,
        string? spool = null, string? deadLetters = null)
        : this("", wire, bodies, time, change, deadline, queueBatches, spool, deadLetters)
    {
    }

    private Shipping(
        string url, ISearchTransport? wire, IBulkQueue? bodies, TimeProvider? time, Action<ElasticsearchOptions>? change, TimeSpan? deadline, int queueBatches, string? spool,
        string? deadLetters)
    {
        this.time = time ??= TimeProvider.System;
        ElasticsearchOptions options = new() { Url = url, FlushInterval = TimeSpan.FromMilliseconds(100) };
        change?.Invoke(options);
        Queue = new RecordQueue(ShipSink.Name, queueBatches);
        ShutdownOptions shutdown = new() { Deadline = deadline ?? TimeSpan.FromSeconds(20) };
        server = wire ?? new SearchTransport(options, time, this);
        if (spool is not null) bodies = new SpoolQueue(new BodySpool(spool, options, Queue, Spool = new SpoolStats(time, options.SpoolBytes), time, this), options, time, this);
        this.bodies = bodies ??= new BulkQueue(options.BulkBytes);
        Stats = new ShipStats { DeadLetters = deadLetters is null ? null : new DeadLetterStats(options.DeadLetterBytes), Rollup = options.RollupWindow > TimeSpan.Zero ? new RollupStats() : null };
        RejectedItems? rejected = deadLetters is null ? null : new(new DeadLetterFolder(deadLetters, options.DeadLetterBytes), options.DataStream, Stats.DeadLetters!, time, this);
        sink = new ShipSink(Queue, bodies, server, State, Stats, Flows.Registries, options, shutdown, time, this, rejected);
    }

    public Flows Flows { get; } = new();
    public RecordQueue Queue { get; }
    public SpoolStats? Spool { get; private init; }
    public ShipStats Stats { get; }
    public SinkState State { get; } = new(ShipSink.Name);
    public System.Collections.Concurrent.ConcurrentQueue<string> Logged { get; } = [];

    public Task StartAsync() => sink.StartAsync(CancellationToken.None);

    public Task StopAsync() => sink.StopAsync(CancellationToken.None);

    public void Offer(IEnumerable<Flow> records)
    {
        SinkFanout fan = new(pool, [Queue]);
        foreach (Flow[] some in records.Chunk(512)) fan.Process(some);
        fan.Idle();
    }

    public bool Said(string words) => Logged.Any(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>Waits until all records are settled.</summary>
    public Task SettledAsync() => UntilAsync(() => Queue.Waiting == 0, () => string.Join('\n', Logged));

    public static async Task UntilAsync(Func<bool> done, Func<string>? explain = null, int pause = 10)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), $"it does not come about within a minute\n{explain?.Invoke()}");
            await Task.Delay(pause);
        }
    }

    /// <summary>Written, already there, rejected, lost at the stop.</summary>
    public (long Written, long AlreadyThere, long Rejected, long Shutdown) Outcomes =>
        (Queue.Written, Queue.AlreadyThere, Queue.Lost(LossReason.Rejected), Queue.Lost(LossReason.Shutdown));

    public async ValueTask DisposeAsync()
    {
        Task stopped = StopAsync();
        // A clock set by hand would never come to the deadline of the stop.
        while (time is FakeTimeProvider hand && await Task.WhenAny(stopped, Task.Delay(10)) != stopped) hand.Advance(TimeSpan.FromSeconds(1));
        await stopped;
        sink.Dispose();
        server.Dispose();
        (bodies as IDisposable)?.Dispose();
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logged.Enqueue(formatter(state, exception));
}
