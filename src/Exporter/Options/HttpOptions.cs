using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Http</c>: page, API and metrics.</summary>
internal sealed class HttpOptions
{
    [Option("--http-listen", "Local address of page, API and metrics; \"::\" takes IPv4 and IPv6.")]
    public string Address { get; set; } = "::";

    [Option("--http-port", "TCP port of page, API and metrics (0 lets the system choose one).")]
    [Range(0, 65_535)]
    public int Port { get; set; } = 16_343;

    [Option("--http-allowed-hosts", "Further host names to serve, separated by commas: NAME, *.DOMAIN, or * for all. IP addresses, localhost and the names of this machine, its pod and its Services are always served. Other names are refused with status 421, against DNS rebinding.")]
    public string AllowedHosts { get; set; } = "";

    [Option("--http-max-connections", "Maximum open connections. For a further one, the oldest of the address that has the most is closed. With few file descriptors the limit is lower.")]
    [Range(4, 100_000)]
    public int Connections { get; set; } = 512;

    [Option("--http-max-requests", "Maximum scrapes in progress, and the same for the API. Further ones wait a second, take the place of a client that does not read its answer, or get status 503.")]
    [Range(1, 1_000)]
    public int Requests { get; set; } = 8;

    [Option("--http-timeout", "Maximum time for one answer, sending it included; then the connection is closed.")]
    [TimeRange("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
