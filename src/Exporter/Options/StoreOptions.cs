using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Store</c>: the embedded store of records and its bounds.</summary>
internal sealed class StoreOptions
{
    [Option("--store", "Keep records in the embedded store. false disables the store and its search.")]
    public bool Enabled { get; set; } = true;

    [Option("--data", "Keep the embedded store in this folder.", IsCommon = true, Placeholder = "FOLDER")]
    public string Folder { get; set; } = "data";

    [Option("--store-max-rows", "Maximum records in the store. The oldest are evicted first.")]
    [Range(1_000, 1_000_000_000L)]
    public long MaximumRows { get; set; } = 2_000_000;

    [Option("--store-max-bytes", "Maximum size of the store on disk. The oldest records are evicted first.")]
    [SizeRange("8MiB", "1TiB")]
    public long MaximumBytes { get; set; } = 1_073_741_824;

    [Option("--store-max-age", "Maximum age of a record in the store. Older records are evicted.")]
    [DurationRange("1m", "3650d")]
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(7);

    [Option("--store-clock-hold", "Wait for this time after a change of the clock before records are evicted by age.")]
    [DurationRange("1s", "365d")]
    public TimeSpan ClockHold { get; set; } = TimeSpan.FromHours(1);

    [Option("--store-queue", "Maximum batches of 512 records that wait for the store. Further records are lost and counted.")]
    [Range(1, 65_536)]
    public int QueueBatches { get; set; } = 256;

    [Option("--history", "Keep the history in the embedded store: sums of the counted flows by minute, hour and day. The page shows it.")]
    public bool History { get; set; } = true;

    [Option("--history-keys", "Maximum rows in a window of the history: pairs of workloads on nodes, by service. The remainder has the lighter ones.")]
    [Range(16, 65_536)]
    public int HistoryKeys { get; set; } = 8_192;

    [Option("--history-minutes", "Keep the history by minute for this time. Time in which the exporter did not run does not count.")]
    [DurationRange("3h", "90d")]
    public TimeSpan HistoryMinutes { get; set; } = TimeSpan.FromDays(2);

    [Option("--history-hours", "Keep the history by hour for this time. Time in which the exporter did not run does not count.")]
    [DurationRange("3d", "3650d")]
    public TimeSpan HistoryHours { get; set; } = TimeSpan.FromDays(30);

    [Option("--history-days", "Keep the history by day for this time. Time in which the exporter did not run does not count.")]
    [DurationRange("3d", "3650d")]
    public TimeSpan HistoryDays { get; set; } = TimeSpan.FromDays(400);

    [Option("--history-max-bytes", "Maximum size of the history, and at most a quarter of --store-max-bytes. The oldest windows of the finest kind are removed first.")]
    [SizeRange("1MiB", "1TiB")]
    public long HistoryMaximumBytes { get; set; } = 268_435_456;

    /// <summary>Rows in a window of the history; 0 where none is kept.</summary>
    public int HistoryRows() => Enabled && History ? HistoryKeys : 0;
}
