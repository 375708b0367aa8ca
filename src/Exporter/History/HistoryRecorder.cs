using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>
/// Writes the history each minute. A process that is killed loses the open minute; one that stops writes it. Minutes that can't be written wait in
/// memory for a while.
/// </summary>
internal sealed class HistoryRecorder(IFamily family, HistoryWriter writer, HistoryStats stats, TimeProvider time, ILogger<HistoryRecorder> logger) : BackgroundService
{
    /// <summary>Maximum minutes that wait in memory: 12 MB with the default of 8,192 rows.</summary>
    public const int MostWaiting = 15;

    /// <summary>How soon a clock that was set is noticed.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly MinuteCut minutes = new(family, time);
    private readonly Queue<HistoryMinute> waiting = [];
    private readonly RateLimitedLogger failures = new(logger, time);
    private bool started;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        minutes.Begin();
        started = true;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (started) Write(minutes.CutLast());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            TimeSpan left = minutes.UntilOver;
            await Task.Delay(left < LongestWait ? left : LongestWait, time, stoppingToken);
            if (minutes.TryCut() is { } minute) Write(minute);
        }
    }

    private void Write(HistoryMinute minute)
    {
        waiting.Enqueue(minute);
        try
        {
            writer.Write(waiting);
            waiting.Clear();
        }
        catch (Exception e)
        {
            stats.Fail();
            failures.WriteFailed(e.Message, waiting.Count);
            if (waiting.Count < MostWaiting) return;
            waiting.Dequeue();
            stats.Lose(1);
            failures.Lost(1, MostWaiting);
        }
    }
}
