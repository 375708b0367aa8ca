using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Http</c>: page, API and metrics.</summary>
internal sealed class HttpOptions
{
    [Option("--http-listen", "Serve page, API and metrics on this local address. \"::\" accepts IPv4 and IPv6.", Placeholder = "ADDRESS")]
    public string Address { get; set; } = "::";

    [Option("--http-port", "Serve page, API and metrics on this TCP port. 0 lets the system choose one.", IsCommon = true)]
    [Range(0, 65_535)]
    public int Port { get; set; } = 16_343;

    [Option("--http-allowed-hosts", "Serve these further host names, separated by commas: NAME, *.DOMAIN, or * for all. IP addresses, localhost and the names of this machine, its pod and its Services are always served. Other names get status 421, against DNS rebinding. Empty adds none.", Placeholder = "NAMES")]
    public string AllowedHosts { get; set; } = "";

    [Option("--http-max-connections", "Maximum open connections. A further one closes the oldest connection of the client address that has the most. The limit is lower if the process may open few files.")]
    [Range(4, 100_000)]
    public int Connections { get; set; } = 512;

    [Option("--http-max-requests", "Maximum scrapes in progress, and the same number of API requests. Further ones wait for one second. Then they replace a client that does not read its response, or get status 503.")]
    [Range(1, 1_000)]
    public int Requests { get; set; } = 8;

    [Option("--http-timeout", "Maximum duration of one response, including its transmission. Then the connection is closed.")]
    [DurationRange("1s", "10m")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
