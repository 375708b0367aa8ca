using SFlow.Exporter.Identify.Index;

namespace SFlow.Exporter.Identify;

/// <summary>Reloads the inventory file when its content changes (a mounted ConfigMap, a cron job). A broken file is ignored as a whole.</summary>
internal sealed class InventoryWatch(
    AddressBookSource source, AddressBookHolder holder, ClusterIndex index, TimeProvider time, ILogger<InventoryWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (source.File is not { } file) return;
        string path = file.Path;
        if (source.FirstFault is { } skipped) log.EntriesSkipped(path, source.Figures.Skipped, skipped);
        using PeriodicTimer timer = new(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (file.Changed()) Reload(path);
    }

    private void Reload(string path)
    {
        try
        {
            AddressBook book = source.Load(index);
            holder.Current = book;
            log.InventoryReloaded(path, book.Facts.Pods, book.Facts.Services, book.Facts.SkippedEntries);
        }
        // Whatever exception a file causes, the program continues with the previous inventory.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            source.Figures.Failed();
            if (fault is InventoryException) log.InventoryRejected(fault.Message);
            else log.InventoryFailed(fault, path);
        }
    }
}
