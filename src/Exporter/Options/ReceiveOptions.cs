using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Receive</c>: the UDP socket.</summary>
internal sealed class ReceiveOptions
{
    [Option("--listen", "Local address to receive on; \"::\" takes IPv4 and IPv6.")]
    public string Address { get; set; } = "::";

    [Option("--port", "UDP port to receive on (0 lets the system choose one).")]
    [Range(0, 65_535)]
    public int Port { get; set; } = 6343;

    [Option("--workers", "Receive threads, each with a socket of its own; 0 is one a core.")]
    [Range(0, 256)]
    public int Workers { get; set; }

    [Option("--receive-buffer", "Socket receive buffer a worker, in bytes; the kernel caps it at net.core.rmem_max.")]
    [Range(4_096, 1_073_741_824)]
    public int BufferBytes { get; set; } = 4 * 1024 * 1024;

    [Option("--receive-batch", "Datagrams fetched by one system call at most.")]
    [Range(1, 1_024)]
    public int BatchSize { get; set; } = 64;

    [Option("--receive-pause", "Pause after a batch that was not full, in which datagrams gather, because a wake-up for each costs most of all; 0 is none. There is none either where the receive buffer is too small for it.")]
    [TimeRange("00:00:00", "00:00:00.050")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(1);
}
