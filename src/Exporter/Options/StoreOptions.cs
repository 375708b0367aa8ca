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
}
