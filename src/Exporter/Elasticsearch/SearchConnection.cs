using Elastic.Clients.Elasticsearch;
using Elastic.Transport;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Elastic's transport to the endpoints of one cluster, behind the proxy of the environment where there is one. New certificates in their files make a new
/// transport; requests that run on the former one end there.
/// </summary>
internal sealed class SearchConnection : IDisposable
{
    /// <summary>An endpoint that failed is left out for this time, and longer each time that it fails again.</summary>
    private static readonly TimeSpan LeftOut = TimeSpan.FromSeconds(5), LeftOutAtMost = TimeSpan.FromMinutes(1);

    private readonly SearchEndpoints endpoints;
    private readonly EnvironmentProxy proxy = new();
    private readonly TimeSpan timeout;
    private readonly SearchCredentials credentials;
    private readonly SearchCertificates certificates;
    private readonly Lock gate = new();
    private HttpRequestInvoker? invoker, former;
    private ITransport? transport;
    private TlsIdentity? used;

    /// <exception cref="StartException">A file of certificates or the proxy's URL can't be used.</exception>
    public SearchConnection(ElasticsearchOptions options, IReadOnlyList<Uri> endpoints, SearchCredentials credentials, ILogger logger)
    {
        (timeout, this.credentials) = (options.Timeout, credentials);
        this.endpoints = new SearchEndpoints(endpoints);
        certificates = new SearchCertificates(options, logger);
    }

    /// <summary>The transport with the certificates that the files hold now.</summary>
    public ITransport Transport
    {
        get
        {
            lock (gate)
            {
                TlsIdentity now = certificates.Current;
                if (transport is not null && now == used) return transport;
                former?.Dispose();
                (former, used) = (invoker, now);
                invoker = new HttpRequestInvoker((wire, _) => new SearchHandler(now.Configure((SocketsHttpHandler)wire, proxy), credentials));
                return transport = Make(invoker);
            }
        }
    }

    /// <summary>An endpoint that did not fail lately is left to be asked.</summary>
    public bool HasOther => endpoints.Nodes.Count > 1 && endpoints.HasAlive;

    /// <summary>Host and port of an endpoint; null if there is only one, whose name each message has already.</summary>
    public string? Name(Uri? asked) => endpoints.Nodes.Count > 1 ? asked?.Authority : null;

    /// <summary>Host and port of the proxy that a request goes through; null without one.</summary>
    public string? Proxy(Uri? asked) => proxy.GetProxy(asked ?? endpoints.Nodes.First().Uri)?.Authority;

    public void Dispose()
    {
        invoker?.Dispose();
        former?.Dispose();
    }

    private ITransport Make(HttpRequestInvoker wires) => new ElasticsearchClient(new ElasticsearchClientSettings(endpoints, wires)
        .DisablePing().DisableAuditTrail().DisableMetaHeader().EnableHttpCompression(false)
        .SniffOnStartup(false).SniffOnConnectionFault(false).SniffLifeSpan(null)
        .DeadTimeout(LeftOut).MaxDeadTimeout(LeftOutAtMost)
        // Each request has its own limit, which passes first.
        .RequestTimeout(2 * timeout)
        .MemoryStreamFactory(RecyclableMemoryStreamFactory.Default)
        .UserAgent(UserAgent.Create("sflow-exporter"))).Transport;
}
