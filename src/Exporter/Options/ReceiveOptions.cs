using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Receive</c>: the UDP socket.</summary>
internal sealed class ReceiveOptions
{
    [Option("--listen", "Listen for sFlow on this local address. \"::\" accepts IPv4 and IPv6.", Placeholder = "ADDRESS")]
    public string Address { get; set; } = "::";

    [Option("--port", "Listen for sFlow on this UDP port. 0 lets the system choose one.", IsCommon = true)]
    [Range(0, 65_535)]
    public int Port { get; set; } = 6343;

    [Option("--workers", "Start this many receive threads, each with its own socket. 0 starts one per core.")]
    [Range(0, 256)]
    public int Workers { get; set; }

    [Option("--receive-buffer", "Request a socket receive buffer of this size for each worker. The kernel limits it to net.core.rmem_max.")]
    [SizeRange("4KiB", "1GiB")]
    public int BufferBytes { get; set; } = 4 * 1024 * 1024;

    [Option("--receive-batch", "Maximum datagrams fetched by one system call.")]
    [Range(1, 1_024)]
    public int BatchSize { get; set; } = 64;

    [Option("--receive-pause", "Delay after a partial batch, so that one wake-up serves several datagrams. 0 disables it. A receive buffer that is too small for the delay also disables it.")]
    [DurationRange("0s", "50ms")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(1);
}
