using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Observe</c>: what is remembered to tell which end of a conversation serves.</summary>
internal sealed class ObserveOptions
{
    [Option("--listening-sockets", "Sockets (address, protocol, port) remembered at most to tell who listens where Kubernetes does not; one takes 8 bytes.")]
    [Range(8, 134_217_728)]
    public int Sockets { get; set; } = 65_536;

    [Option("--listening-age", "A socket that was silent for longer is forgotten, as d.hh:mm:ss.")]
    [TimeRange("00:01:00", "30.00:00:00")]
    public TimeSpan SocketAge { get; set; } = TimeSpan.FromHours(1);
}
