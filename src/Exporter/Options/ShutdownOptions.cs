namespace SFlow.Exporter.Options;

/// <summary>Section <c>Shutdown</c>.</summary>
internal sealed class ShutdownOptions
{
    [Option("--drain", "Longest time for records to reach their sinks after SIGTERM, as hh:mm:ss.")]
    [TimeRange("00:00:00", "00:10:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);
}
