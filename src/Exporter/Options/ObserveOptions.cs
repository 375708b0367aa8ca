using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Observe</c>: what is remembered to tell which end of a conversation serves.</summary>
internal sealed class ObserveOptions
{
    [Option("--listening-sockets", "Maximum listening sockets (address, protocol, port) that are remembered. They identify the server where Kubernetes does not. Each takes 8 bytes.")]
    [Range(8, 134_217_728)]
    public int Sockets { get; set; } = 65_536;

    [Option("--listening-age", "Forget a listening socket after it was silent for this time.")]
    [DurationRange("1m", "30d")]
    public TimeSpan SocketAge { get; set; } = TimeSpan.FromHours(1);
}
