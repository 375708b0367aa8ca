using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter;

/// <summary>Keeps all state that changes with time alone, every second.</summary>
internal sealed class UpkeepService(IEnumerable<IUpkeep> kept, SteadyClock clock, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IUpkeep[] kept = [.. kept];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (IUpkeep state in kept) state.Keep(clock.Now);
    }
}
