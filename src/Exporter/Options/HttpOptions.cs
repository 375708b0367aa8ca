using System.ComponentModel.DataAnnotations;

namespace SFlow.Exporter.Options;

/// <summary>Section <c>Http</c>: page, API and metrics.</summary>
internal sealed class HttpOptions
{
    /// <summary>The value of <see cref="Address"/> that leaves the choice to the program.</summary>
    public const string Automatic = "auto";

    [Option("--http-listen", "Serve page, API and metrics on this local address. \"::\" accepts IPv4 and IPv6. auto is :: in a pod or with --http-web-config, and otherwise 127.0.0.1: without a login, only this machine can read.", Placeholder = "ADDRESS")]
    public string Address { get; set; } = Automatic;

    [Option("--http-port", "Serve page, API and metrics on this TCP port. 0 lets the system choose one.", IsCommon = true)]
    [Range(0, 65_535)]
    public int Port { get; set; } = 16_343;

    [Option("--http-allowed-hosts", "Serve these further host names, separated by commas: NAME, *.DOMAIN, or * for all. IP addresses, localhost and the names of this machine, its pod and its Services are always served. Other names get status 421, against DNS rebinding. Empty adds none.", Placeholder = "NAMES")]
    public string AllowedHosts { get; set; } = "";

    [Option("--http-web-config", "Read certificate, rules for clients, headers and users from this YAML file. It has the form of Prometheus' exporters (tls_server_config, basic_auth_users). It and the files that it names are read again when they change. Empty serves HTTP without a login.", Placeholder = "FILE")]
    public string WebConfig { get; set; } = "";

    [Option("--http-max-connections", "Maximum open connections. A further one closes the oldest connection of the client address that has the most. The limit is lower if the process may open few files.")]
    [Range(4, 100_000)]
    public int Connections { get; set; } = 512;

    [Option("--http-max-requests", "Maximum scrapes in progress, and the same number of API requests. Further ones wait for one second. Then they replace a client that does not read its response, or get status 503.")]
    [Range(1, 1_000)]
    public int Requests { get; set; } = 8;

    [Option("--http-timeout", "Maximum duration of one response, including its transmission. Then the connection is closed.")]
    [DurationRange("1s", "10m")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Option("--kibana-url", "Use this URL of Kibana or OpenSearch Dashboards for links from the page to the same records. Browsers must reach it. Empty shows no link.", Placeholder = "URL")]
    public string KibanaUrl { get; set; } = "";

    [Option("--grafana-url", "Use this URL of Grafana for links from the page to the dashboards. Browsers must reach it. Empty shows no link.", Placeholder = "URL")]
    public string GrafanaUrl { get; set; } = "";

    /// <summary>Whether <see cref="Address"/> leaves the choice to the program, and it chooses this machine only.</summary>
    public bool IsLoopbackByDefault() => Address == Automatic && WebConfig.Length == 0 && Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is null or "";

    /// <summary>The address to listen on.</summary>
    public string ListenAddress() => Address != Automatic ? Address : IsLoopbackByDefault() ? "127.0.0.1" : "::";
}
