using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// The HTTP client for one server, behind the proxy of the environment where there is one. A new authority in its file makes a new client;
/// requests that run on the former one end there.
/// </summary>
internal sealed class SearchConnection : IDisposable
{
    /// <summary>A bulk answer has some 30 bytes an item; more than this is no answer of a search engine.</summary>
    private const int LongestAnswer = 64 * 1024 * 1024;

    /// <summary>A host that takes no connection in this time is away: trying again beats waiting.</summary>
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(10);

    private readonly Uri url;
    private readonly EnvironmentProxy proxy = new();
    private readonly WatchedFile<X509Certificate2Collection>? authority;
    private readonly Lock gate = new();
    private HttpClient? client, former;
    private X509Certificate2Collection? trusted;

    /// <exception cref="StartException">The file of the authority or the proxy's URL can't be used.</exception>
    public SearchConnection(ElasticsearchOptions options, Uri url, ILogger logger)
    {
        this.url = url;
        if (options.CertificateAuthority is not { Length: > 0 } file) return;
        authority = new WatchedFile<X509Certificate2Collection>(file, Certificates, why => logger.FileRejected(nameof(options.CertificateAuthority), why));
        try
        {
            authority.Current();
        }
        catch (IOException fault)
        {
            throw new StartException($"Elasticsearch:CertificateAuthority: {file} can't be used: {fault.Message}", fault);
        }
    }

    /// <summary>Host and port of the proxy that requests go through; null without one.</summary>
    public string? Proxy => proxy.GetProxy(url)?.Authority;

    /// <summary>The client that trusts whom the file names now.</summary>
    public HttpClient Client
    {
        get
        {
            X509Certificate2Collection? now = authority?.Current();
            lock (gate)
            {
                if (client is not null && ReferenceEquals(now, trusted)) return client;
                former?.Dispose();
                (former, trusted) = (client, now);
                return client = Make(now);
            }
        }
    }

    public void Dispose()
    {
        client?.Dispose();
        former?.Dispose();
    }

    private HttpClient Make(X509Certificate2Collection? authorities)
    {
        SocketsHttpHandler handler = new()
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = Connect,
            Proxy = proxy,
        };
        if (authorities is not null) handler.SslOptions.CertificateChainPolicy = TrustOnly(authorities);
        return new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static X509Certificate2Collection Certificates(byte[] content)
    {
        X509Certificate2Collection found = [];
        found.ImportFromPem(Encoding.UTF8.GetString(content));
        return found.Count > 0 ? found : throw new CryptographicException("it contains no certificate in PEM format");
    }
}
