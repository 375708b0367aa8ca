using System.Net.Http.Headers;
using System.Security.Authentication;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Requests over HTTP (docs/adr/0003): the one place that catches what networks throw.
/// </summary>
internal sealed class SearchTransport : ISearchTransport
{
    /// <summary>Longest wait for the answer to <c>GET /</c>, which needs no work: it shows whether somebody is there.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    private static readonly MediaTypeHeaderValue Json = new("application/json"), NdJson = new("application/x-ndjson");

    private readonly SearchConnection connection;
    private readonly SearchCredentials credentials;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;

    /// <exception cref="StartException">The URL or one of the files is unusable.</exception>
    public SearchTransport(ElasticsearchOptions options, TimeProvider time, ILogger logger)
    {
        (this.time, timeout) = (time, options.Timeout);
        if (!Uri.TryCreate(options.Url.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            throw new StartException("Elasticsearch:Url is malformed. Set it to an http or https URL such as https://elasticsearch:9200.");
        Host = url.Authority;
        RateLimitedLogger files = new(logger, time);
        connection = new SearchConnection(options, new UriBuilder(url) { UserName = "", Password = "" }.Uri, files);
        credentials = new SearchCredentials(options, url, files);
    }

    public string Host { get; }

    public Task<SearchResponse> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, null, path.Length == 0 && ProbeTimeout < timeout ? ProbeTimeout : timeout, cancellation);

    public Task<SearchResponse> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, path, new ReadOnlyMemoryContent(json) { Headers = { ContentType = Json } }, timeout, cancellation);

    public Task<SearchResponse> BulkAsync(string path, ReadOnlyMemory<byte> body, bool compressed, CancellationToken cancellation)
    {
        ReadOnlyMemoryContent content = new(body) { Headers = { ContentType = NdJson } };
        if (compressed) content.Headers.ContentEncoding.Add("gzip");
        return SendAsync(HttpMethod.Post, path, content, timeout, cancellation);
    }

    public void Dispose() => connection.Dispose();

    private async Task<SearchResponse> SendAsync(HttpMethod method, string path, HttpContent? content, TimeSpan limit, CancellationToken cancellation)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(limit);
        try
        {
            using HttpRequestMessage request = new(method, path) { Content = content };
            request.Headers.Authorization = credentials.Current;
            using HttpResponseMessage response = await connection.Client.SendAsync(request, late.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(late.Token);
            return new SearchResponse((int)response.StatusCode, body, Wait(response.Headers.RetryAfter), Target: Target(response), Product: ProductOf(response));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The time to connect is over with a TimeoutException inside, that for the whole answer with none.
            string why = e is OperationCanceledException and { InnerException: null } || late.IsCancellationRequested ? $"no response within {Duration.Format(limit)}" : Describe(e);
            return new SearchResponse(0, default, Failure: connection.Proxy is { } proxy ? $"{why} (through the proxy {proxy})" : why, IsConnectionLost: IsConnectionLost(e));
        }
    }

    private static bool IsConnectionLost(Exception e) => e is IOException or HttpRequestException
    {
        HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError),
    };

    private TimeSpan? Wait(RetryConditionHeaderValue? retryAfter) => retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();

    /// <summary>Where a redirect leads; without query, user and fragment, which may hold secrets of a sign-in.</summary>
    private static string? Target(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is < 300 or > 399 || response.Headers.Location is not { } location) return null;
        Uri target = location.IsAbsoluteUri || response.RequestMessage?.RequestUri is not { } from ? location : new Uri(from, location);
        return target.IsAbsoluteUri ? target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "elsewhere";
    }

    private static string? ProductOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Elastic-Product", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static string Describe(Exception e)
    {
        string why = NetworkFault.Describe(e);
        if (e.GetBaseException() is not AuthenticationException) return why;
        string hint = why switch
        {
            _ when why.Contains("NameMismatch", StringComparison.Ordinal) => "The certificate is for other host names than the one of Elasticsearch:Url",
            _ when why.Contains("NotTimeValid", StringComparison.Ordinal) => "The certificate or one of its issuers has expired or is not valid yet; compare its dates with the clock here",
            _ when why.Contains("UntrustedRoot", StringComparison.Ordinal) || why.Contains("PartialChain", StringComparison.Ordinal) =>
                "The authority of the certificate is not trusted: set Elasticsearch:CertificateAuthority (--elasticsearch-ca) to its PEM file",
            _ => "",
        };
        return hint.Length == 0 ? why : $"{why.TrimEnd('.')}. {hint}";
    }
}
