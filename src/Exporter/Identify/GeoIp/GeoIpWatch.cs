namespace SFlow.Exporter.Identify.GeoIp;

/// <summary>Reloads GeoIP databases when their files change.</summary>
internal sealed class GeoIpWatch(GeoIpDatabases databases, TimeProvider time, ILogger<GeoIpWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) databases.Reload(Report);
    }

    private void Report(string file, string? fault)
    {
        if (fault is null) log.GeoIpReloaded(file);
        else log.GeoIpRejected(fault);
    }
}
