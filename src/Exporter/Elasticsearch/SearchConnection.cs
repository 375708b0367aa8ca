using Elastic.Clients.Elasticsearch;
using Elastic.Transport;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using Node = Elastic.Transport.Node;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Elastic's transport to the endpoints of one cluster, behind the proxy of the environment where there is one. New certificates in their files make a new
/// transport; requests that run on the former one end there.
/// </summary>
internal sealed class SearchConnection : IDisposable
{
    /// <summary>An endpoint that failed is left out for this time, and longer each time that it fails again.</summary>
    private static readonly TimeSpan LeftOut = TimeSpan.FromSeconds(5), LeftOutAtMost = TimeSpan.FromMinutes(1);

    /// <summary>The same nodes twice: a question before each bulk request must not take the turn of the next node from it.</summary>
    private readonly SearchEndpoints endpoints, asked;

    private readonly EnvironmentProxy proxy = new();
    private readonly TimeSpan timeout;
    private readonly SearchCredentials credentials;
    private readonly SearchCertificates certificates;
    private readonly Lock gate = new();
    private HttpRequestInvoker? invoker, former;
    private ITransport? bulks, questions;
    private TlsIdentity? used;

    /// <exception cref="StartException">A file of certificates or the proxy's URL can't be used.</exception>
    public SearchConnection(ElasticsearchOptions options, IReadOnlyList<Uri> endpoints, SearchCredentials credentials, ILogger logger)
    {
        (timeout, this.credentials) = (options.Timeout, credentials);
        Node[] nodes = [.. endpoints.Select(url => new Node(url))];
        (this.endpoints, asked) = (new SearchEndpoints(nodes), new SearchEndpoints(nodes));
        certificates = new SearchCertificates(options, logger);
    }

    /// <summary>The transport with the certificates that the files hold now.</summary>
    /// <param name="isBulk">For bulk requests, which the endpoints get in turn; otherwise for all other requests.</param>
    public ITransport Transport(bool isBulk)
    {
        lock (gate)
        {
            TlsIdentity now = certificates.Current;
            if (bulks is null || questions is null || now != used)
            {
                former?.Dispose();
                (former, used) = (invoker, now);
                invoker = new HttpRequestInvoker((wire, _) => new SearchHandler(now.Configure((SocketsHttpHandler)wire, proxy), credentials));
                (bulks, questions) = (Make(endpoints, invoker), Make(asked, invoker));
            }
            return isBulk ? bulks : questions;
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

    private ITransport Make(SearchEndpoints nodes, HttpRequestInvoker wires) => new ElasticsearchClient(new ElasticsearchClientSettings(nodes, wires)
        .DisablePing().DisableAuditTrail().DisableMetaHeader().EnableHttpCompression(false)
        .SniffOnStartup(false).SniffOnConnectionFault(false).SniffLifeSpan(null)
        .DeadTimeout(LeftOut).MaxDeadTimeout(LeftOutAtMost)
        // Each request has its own limit, which passes first.
        .RequestTimeout(2 * timeout)
        .MemoryStreamFactory(RecyclableMemoryStreamFactory.Default)
        .UserAgent(UserAgent.Create("sflow-exporter"))).Transport;
}
