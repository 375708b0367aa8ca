namespace SFlow.Exporter.Options;

/// <summary>Section <c>Shutdown</c>.</summary>
internal sealed class ShutdownOptions
{
    [Option("--drain", "Maximum time for records to reach their sinks after SIGTERM. 0 does not wait.")]
    [DurationRange("0s", "10m")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);
}
