using SFlow.Exporter.Identify.Index;

namespace SFlow.Exporter.Identify;

/// <summary>Reads the inventory file again when it changes (a mounted ConfigMap, a cron job); a broken one leaves the former in force.</summary>
internal sealed class InventoryWatch(
    AddressBookSource source, AddressBookHolder holder, ClusterIndex index, TimeProvider time, ILogger<InventoryWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (source.File is not string file) return;
        DateTime read = File.GetLastWriteTimeUtc(file);
        using PeriodicTimer timer = new(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            DateTime changed = File.GetLastWriteTimeUtc(file);
            if (changed == read) continue;
            read = changed;
            Reload(file);
        }
    }

    private void Reload(string file)
    {
        try
        {
            holder.Current = source.Load(index);
            log.LogInformation("inventory {File} changed: {Pods} pods, {Services} services", file, holder.Current.Facts.Pods, holder.Current.Facts.Services);
        }
        catch (InventoryException fault)
        {
            log.LogWarning("{Message}; the former inventory stays in force", fault.Message);
        }
    }
}
