namespace SFlow.Exporter.Web;

/// <summary>Takes a snapshot of the counted flows every two seconds.</summary>
internal sealed class FlowSampler(FlowHistory history, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(FlowHistory.Every, time);
        do history.Take();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
