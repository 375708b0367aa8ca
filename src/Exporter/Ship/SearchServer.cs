using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Ship;

/// <summary>
/// The one place that speaks HTTP to Elasticsearch or OpenSearch (docs/adr/0003). A request that gets no answer is an <see cref="Answer"/>
/// too, so that nobody else catches what networks throw.
/// </summary>
internal sealed class SearchServer : IDisposable
{
    /// <summary>A bulk answer has some 30 bytes an item; more than this is no answer of a search engine.</summary>
    private const int LongestAnswer = 64 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json"), NdJson = new("application/x-ndjson");

    private readonly HttpClient http;
    private readonly TimeProvider time;

    /// <exception cref="StartException">The URL or the file of the authority is unusable.</exception>
    public SearchServer(ElasticsearchOptions options, TimeProvider time)
    {
        this.time = time;
        if (!Uri.TryCreate(options.Url.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            throw new StartException("Elasticsearch:Url is no http or https URL, such as https://elasticsearch:9200");
        Host = url.Authority;
        SocketsHttpHandler handler = new()
        {
            AutomaticDecompression = DecompressionMethods.GZip,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.CertificateAuthority is { Length: > 0 } file) handler.SslOptions.CertificateChainPolicy = TrustOnly(file);
        http = new HttpClient(handler)
        {
            BaseAddress = new UriBuilder(url) { UserName = "", Password = "" }.Uri,
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        http.DefaultRequestHeaders.Authorization = Credentials(options, url);
    }

    /// <summary>Host and port, for logs.</summary>
    public string Host { get; }

    public Task<Answer> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    public Task<Answer> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, path, new ReadOnlyMemoryContent(json) { Headers = { ContentType = Json } }, cancellation);

    /// <param name="path">Where to.</param>
    /// <param name="packed">NDJSON, packed by gzip.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Answer> PostBulkAsync(string path, byte[] packed, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, new ByteArrayContent(packed) { Headers = { ContentType = NdJson, ContentEncoding = { "gzip" } } }, cancellation);

    public void Dispose() => http.Dispose();

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = new(method, path) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request, cancellation);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return new Answer((int)response.StatusCode, body, Wait(response.Headers.RetryAfter));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Answer(0, default, Failure: e is OperationCanceledException ? $"no answer within {http.Timeout}" : e.Message, IsConnectionLost: IsConnectionLost(e));
        }
    }

    private static bool IsConnectionLost(Exception e) => e is IOException or HttpRequestException
    {
        HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError),
    };

    private TimeSpan? Wait(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();

    private static AuthenticationHeaderValue? Credentials(ElasticsearchOptions options, Uri url)
    {
        if (options.ApiKey.Length > 0) return new AuthenticationHeaderValue("ApiKey", options.ApiKey);
        string user = options.Username.Length > 0 ? $"{options.Username}:{options.Password}" : Uri.UnescapeDataString(url.UserInfo);
        return user.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Elasticsearch:CertificateAuthority: {file} can't be read as PEM: {e.Message}", e);
        }
        if (policy.CustomTrustStore.Count == 0) throw new StartException($"Elasticsearch:CertificateAuthority: {file} has no certificate in it");
        return policy;
    }
}
