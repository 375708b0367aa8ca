using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Store</c>: the embedded store of records and its bounds.</summary>
internal sealed class StoreOptions
{
    [Option("--store", "Keep records in the embedded store: true or false.")]
    public bool Enabled { get; set; } = true;

    [Option("--data", "Folder of the embedded store.")]
    public string Folder { get; set; } = "data";

    [Option("--store-max-rows", "Records kept at most; the oldest go first.")]
    [Range(1_000, 1_000_000_000L)]
    public long MaximumRows { get; set; } = 2_000_000;

    [Option("--store-max-bytes", "Size of the store on disk at most, in bytes; the oldest records go first.")]
    [Range(8_388_608L, 1_099_511_627_776L)]
    public long MaximumBytes { get; set; } = 1_073_741_824;

    [Option("--store-max-age", "Age of a record at most, as d.hh:mm:ss.")]
    [TimeRange("00:01:00", "3650.00:00:00")]
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(7);

    [Option("--store-clock-hold", "Time for which a clock that was set must keep its new time before records are evicted by age, as d.hh:mm:ss.")]
    [TimeRange("00:00:01", "365.00:00:00")]
    public TimeSpan ClockHold { get; set; } = TimeSpan.FromHours(1);

    [Option("--store-queue", "Batches of 512 records that may wait for the store; more are lost and counted.")]
    [Range(1, 65_536)]
    public int QueueBatches { get; set; } = 256;
}
