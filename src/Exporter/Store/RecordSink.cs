using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>
/// Takes batches from the queue into the store and settles each record as written, already there or lost. At the stop it drains
/// the queue until the deadline.
/// </summary>
internal sealed class RecordSink(
    RecordStore store, RecordQueue queue, ShutdownOptions shutdown, TimeProvider time, ILogger<RecordSink> logger) : BackgroundService
{
    /// <summary>Name of the queue.</summary>
    public const string Name = "store";

    private static readonly TimeSpan UpkeepPeriod = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource deadline = new();
    private readonly List<RecordBatch> taken = [];
    private readonly RateLimitedLogger failures = new(logger, time);
    private long? lastUpkeep;

    /// <summary>Monotonic: a clock that is set would give a wait that no timer takes.</summary>
    private TimeSpan UntilUpkeep => lastUpkeep is { } last ? UpkeepPeriod - time.GetElapsedTime(last) : TimeSpan.Zero;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        store.Open();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        using CancellationTokenSource timer = new(shutdown.Deadline, time);
        await using (timer.Token.Register(deadline.Cancel))
        await using (cancellationToken.Register(deadline.Cancel))
        {
            // Only then the base: its stop would cancel a loop that has not begun yet, with all that waits.
            if (ExecuteTask is { } loop) await Task.WhenAny(loop, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
        }
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        deadline.Dispose();
        base.Dispose();
    }

    /// <summary>Runs until the queue is complete and empty or the deadline passes; a stop alone does not end it: it drains.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task<bool> ready = queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (!deadline.IsCancellationRequested)
        {
            bool more = Upkeep();
            CountLosses();
            if (!more && !ready.IsCompleted) await WaitAsync(ready);
            if (!ready.IsCompleted) continue;
            if (!await ready) break;
            WriteNext();
            CountLosses();
            ready = queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        }
        CountRest();
        // A last look: what was written may have been deleted since.
        lastUpkeep = null;
        Upkeep();
        CountLosses();
    }

    private void CountLosses()
    {
        foreach ((LossReason reason, long records) in store.TakeLosses()) queue.CountLostLater(reason, records);
    }

    /// <summary>Until there is a batch, upkeep is due, or the deadline passes.</summary>
    private async Task WaitAsync(Task ready)
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        TimeSpan left = UntilUpkeep;
        await Task.WhenAny(ready, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, waited.Token));
        await waited.CancelAsync();
    }

    private void WriteNext()
    {
        long records = 0;
        while (taken.Count < store.BatchesPerTransaction && queue.Reader.TryRead(out RecordBatch? batch))
        {
            taken.Add(batch);
            records += batch.Count;
        }
        try
        {
            WriteResult result = store.Write(taken);
            queue.CountWritten(result.Written);
            queue.CountAlreadyThere(result.AlreadyThere);
        }
        catch (Exception e)
        {
            failures.WriteFailed(e, records);
            queue.CountLost(LossReason.WriteFailed, records);
        }
        foreach (RecordBatch batch in taken) batch.Release();
        taken.Clear();
    }

    /// <summary>One step of upkeep when it is due; true when there is more to do at once.</summary>
    private bool Upkeep()
    {
        if (UntilUpkeep > TimeSpan.Zero) return false;
        try
        {
            if (store.Maintain()) return true;
        }
        catch (Exception e)
        {
            failures.UpkeepFailed(e, Duration.Format(UpkeepPeriod));
        }
        lastUpkeep = time.GetTimestamp();
        return false;
    }

    private void CountRest()
    {
        long records = 0;
        while (queue.Reader.TryRead(out RecordBatch? batch))
        {
            records += batch.Count;
            batch.Release();
        }
        if (records == 0) return;
        logger.Stopped(Duration.Format(shutdown.Deadline), records);
        queue.CountLost(LossReason.Shutdown, records);
    }
}
