namespace SFlow.Exporter.Identify;

/// <summary>Log messages of inventory, GeoIP and Kubernetes: event ids 2000 to 2999.</summary>
internal static partial class IdentifyLog
{
    [LoggerMessage(2001, LogLevel.Warning, "Inventory {File}: {Skipped} entries were skipped. The first: {Fault}.")]
    public static partial void EntriesSkipped(this ILogger logger, string file, long skipped, string fault);

    [LoggerMessage(2002, LogLevel.Information, "Inventory {File} was reloaded: {Pods} pods, {Services} Services, {Skipped} entries skipped.")]
    public static partial void InventoryReloaded(this ILogger logger, string file, int pods, int services, long skipped);

    [LoggerMessage(2003, LogLevel.Warning, "Inventory reload failed: {Error}. Keeping the previous inventory.")]
    public static partial void InventoryRejected(this ILogger logger, string error);

    [LoggerMessage(2004, LogLevel.Error, "Inventory reload of {File} failed. Keeping the previous inventory.")]
    public static partial void InventoryFailed(this ILogger logger, Exception error, string file);

    [LoggerMessage(2101, LogLevel.Information, "GeoIP database {File} changed and was reloaded.")]
    public static partial void GeoIpReloaded(this ILogger logger, string file);

    [LoggerMessage(2102, LogLevel.Warning, "GeoIP reload failed: {Error}. Keeping the previous database.")]
    public static partial void GeoIpRejected(this ILogger logger, string error);

    [LoggerMessage(2201, LogLevel.Information, "Not reading {Resource} of API group {Group}: {Error}. Retrying in {Delay}.")]
    public static partial void ResourceAbsent(this ILogger logger, string resource, string group, string error, string delay);

    [LoggerMessage(2202, LogLevel.Information, "Listed {Count} {Resource}.")]
    public static partial void Listed(this ILogger logger, int count, string resource);

    [LoggerMessage(2203, LogLevel.Information, "Watching {Resource} again.")]
    public static partial void WatchResumed(this ILogger logger, string resource);

    [LoggerMessage(2204, LogLevel.Information, "Relisting {Resource}: {Error}.")]
    public static partial void Relisting(this ILogger logger, string resource, string error);

    [LoggerMessage(2205, LogLevel.Warning, "Following {Resource} failed: {Error}. Keeping the known ones.")]
    public static partial void ResourceFailed(this ILogger logger, string resource, string error);
}
