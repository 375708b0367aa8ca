using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Count;

/// <summary>Balances the families once a second.</summary>
internal sealed class FamilyBalancing(FamilySet families, SteadyClock steady, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) families.Balance(steady.Now, time.GetUtcNow().ToUnixNanoseconds());
    }
}
