namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>Reads databases of places again when their files change, as the inventory is.</summary>
internal sealed class GeoIpWatch(GeoIpDatabases databases, TimeProvider time, ILogger<GeoIpWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) databases.Reload(Tell);
    }

    private void Tell(string file, string? fault)
    {
        if (fault is null) log.LogInformation("{File} changed and was read again", file);
        else log.LogWarning("{Fault}; the former stays in force", fault);
    }
}
