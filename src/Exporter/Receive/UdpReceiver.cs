using System.Net;
using System.Net.Sockets;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>
/// The UDP port: one dedicated blocking thread per worker, each with its own socket. An asynchronous loop costs seven to ten times the
/// CPU (docs/adr/0001-run-to-completion.md). A failed worker fails the service, and the host stops.
/// </summary>
internal sealed class UdpReceiver(
    ReceiveOptions options,
    Func<(IDatagramIntake Intake, WorkerCounters Counters)> newWorker,
    ShutdownOptions shutdown,
    TimeProvider time,
    ILogger<UdpReceiver> logger,
    Func<Socket, int, DatagramBatch>? newBatch = null) : BackgroundService, IKernelDrops, IReadiness
{
    /// <summary>Maximum time to read the queue of a socket at the stop. A full queue of 4 MiB takes some hundredths of a second.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    private readonly TimeSpan drain = shutdown.Deadline < LongestDrain ? shutdown.Deadline : LongestDrain;
    private readonly CancellationTokenSource stop = new();
    private UdpSocket[] sockets = [];
    private ReceiveWorker[] workers = [];
    private Task threads = Task.CompletedTask;
    private volatile string? notReadyBecause = "the UDP port is not open yet";

    /// <summary>The bound port, also if the system chose it; 0 before the start.</summary>
    public int Port { get; private set; }

    /// <summary>Receive threads.</summary>
    public int Workers => workers.Length;

    /// <inheritdoc/>
    public long Dropped => sockets.Sum(socket => socket.Dropped);

    /// <inheritdoc/>
    public string? NotReadyBecause => notReadyBecause;

    /// <exception cref="ReceiveFailedException">The port cannot be bound.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        sockets = new UdpSocketBinder(options, logger, Socket.OSSupportsIPv6).Bind(WorkerCount());
        IPEndPoint local = (IPEndPoint)sockets[0].Socket.LocalEndPoint!;
        Port = local.Port;
        workers = [.. sockets.Select(NewWorker)];
        notReadyBecause = null;
        threads = Task.WhenAll(workers.Select(RunOnThread));
        logger.Listening(local, workers.Length);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        notReadyBecause ??= "the program stops";
        await stop.CancelAsync();
        // The host reports a fault, from ExecuteTask.
        await threads.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        if (Port != 0) logger.Closed(Port, Dropped);
    }

    public override void Dispose()
    {
        base.Dispose();
        // The token source is not disposed: a thread that missed its deadline still reads it, and it holds no resource.
        foreach (UdpSocket socket in sockets) socket.Dispose();
    }

    /// <summary>The host watches this task. It completes after all threads, or fails with the first thread that fails.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => threads;

    private ReceiveWorker NewWorker(UdpSocket socket)
    {
        (IDatagramIntake intake, WorkerCounters counters) = newWorker();
        DatagramBatch batch = newBatch is not null ? newBatch(socket.Socket, options.BatchSize)
            : RecvmmsgBatch.IsSupported ? new RecvmmsgBatch(socket.Socket, options.BatchSize)
            : new ReceiveFromBatch(socket.Socket, options.BatchSize);
        return new ReceiveWorker(socket, batch, intake, counters, drain, time, new ReceiveCoalescing(options, socket.Socket.ReceiveBufferSize, Thread.Sleep));
    }

    private Task RunOnThread(ReceiveWorker worker, int index)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                if (!worker.Run(stop.Token)) logger.NotEmptied(index, Duration.Format(drain));
                ended.SetResult();
            }
            catch (Exception e)
            {
                notReadyBecause = $"receive thread {index} failed: {e.Message}";
                logger.ThreadFailed(e, index);
                stop.Cancel();
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = $"receive {index}" };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Only Linux distributes senders over sockets that share a port. Elsewhere one thread receives everything.</summary>
    private int WorkerCount() => !OperatingSystem.IsLinux() ? 1 : options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
}
