using System.Net;
using System.Net.Sockets;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Receive;

/// <summary>
/// The UDP port: one dedicated blocking thread a worker, each with a socket of its own (an asynchronous loop costs ten times the CPU).
/// A worker that fails fails the service, and the host stops with it.
/// </summary>
internal sealed class UdpReceiver(
    ReceiveOptions options,
    Func<(IDatagramIntake Intake, WorkerCounters Counters)> newWorker,
    ShutdownOptions shutdown,
    TimeProvider time,
    ILogger<UdpReceiver> logger,
    Func<Socket, int, DatagramBatch>? newBatch = null) : BackgroundService, IKernelDrops, IReadiness
{
    /// <summary>Time to take what is in a socket's queue at the stop; a full one of 4 MiB takes some hundredths of a second.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    private readonly TimeSpan drain = shutdown.Deadline < LongestDrain ? shutdown.Deadline : LongestDrain;
    private readonly CancellationTokenSource stop = new();
    private UdpSocket[] sockets = [];
    private ReceiveWorker[] workers = [];
    private Task threads = Task.CompletedTask;
    private volatile string? notReadyBecause = "the UDP port is not open yet";

    /// <summary>The port in use, also when the system chose it; 0 before the start.</summary>
    public int Port { get; private set; }

    /// <summary>Receive threads.</summary>
    public int Workers => workers.Length;

    /// <inheritdoc/>
    public long Dropped => sockets.Sum(socket => socket.Dropped);

    /// <inheritdoc/>
    public string? NotReadyBecause => notReadyBecause;

    /// <exception cref="ReceiveFailedException">The port can't be had.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        sockets = new UdpSocketBinder(options, logger, Socket.OSSupportsIPv6).Bind(WorkerCount());
        IPEndPoint local = (IPEndPoint)sockets[0].Socket.LocalEndPoint!;
        Port = local.Port;
        workers = [.. sockets.Select(NewWorker)];
        notReadyBecause = null;
        threads = Task.WhenAll(workers.Select(RunOnThread));
        logger.LogInformation("sFlow is received on UDP {Local} by {Workers} threads", local, workers.Length);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        notReadyBecause ??= "the program stops";
        await stop.CancelAsync();
        // A fault is the host's to report, from ExecuteTask.
        await threads.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        if (Port != 0) logger.LogInformation("UDP port {Port} is closed; the kernel dropped {Dropped} datagrams in all", Port, Dropped);
    }

    public override void Dispose()
    {
        base.Dispose();
        // Not the token source: a thread that outlived its deadline still looks at it, and it holds nothing.
        foreach (UdpSocket socket in sockets) socket.Dispose();
    }

    /// <summary>The host watches this: it ends when all threads have, or fails with the first that did.</summary>
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
                if (!worker.Run(stop.Token)) logger.LogWarning("Receive thread {Index} did not read its socket to the end within {Drain}", index, drain);
                ended.SetResult();
            }
            catch (Exception e)
            {
                notReadyBecause = $"receive thread {index} failed: {e.Message}";
                logger.LogCritical(e, "Receive thread {Index} failed; the program stops", index);
                stop.Cancel();
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = $"receive {index}" };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Only Linux spreads the senders over sockets that share a port; elsewhere one thread takes all.</summary>
    private int WorkerCount() => !OperatingSystem.IsLinux() ? 1 : options.Workers > 0 ? options.Workers : Environment.ProcessorCount;
}
