using System.Net.Http.Headers;
using System.Security.Authentication;
using Elastic.Transport;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using HttpMethod = Elastic.Transport.HttpMethod;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// Requests by the transport of Elastic's client (docs/adr/0011): the one place that catches what networks throw. Each call is one request to one endpoint.
/// An endpoint that fails is left out for a while, so that the next request goes to another one.
/// </summary>
internal sealed class SearchTransport : ISearchTransport
{
    private const string Json = "application/json", RetryAfter = "Retry-After", Location = "Location", Product = "X-Elastic-Product";

    /// <summary>Longest wait for the answer to <c>GET /</c>, which needs no work: it shows whether somebody is there.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    // Both media types are always set: the default is Elastic's versioned type, which OpenSearch answers with 406.
    private static readonly RequestConfiguration
        JsonRequest = new() { ContentType = Json, Accept = Json, ResponseHeadersToParse = new HeadersList([RetryAfter, Location, Product]) },
        BulkRequest = JsonRequest with { ContentType = "application/x-ndjson" },
        CompressedBulkRequest = BulkRequest with { Headers = new() { [SearchHandler.BodyEncoding] = "gzip" } };

    private readonly SearchConnection connection;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;

    /// <exception cref="StartException">A URL or one of the files is unusable.</exception>
    public SearchTransport(ElasticsearchOptions options, TimeProvider time, ILogger logger)
    {
        (this.time, timeout) = (time, options.Timeout);
        Uri[] endpoints = [.. options.Urls().Select(text => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url
            : throw new StartException("Elasticsearch:Url is malformed. Set it to http or https URLs such as https://elasticsearch:9200."))];
        Host = string.Join(", ", endpoints.Select(endpoint => endpoint.Authority));
        RateLimitedLogger files = new(logger, time);
        connection = new SearchConnection(options, endpoints, new SearchCredentials(options, files), files);
    }

    public string Host { get; }

    public Task<SearchResponse> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(new EndpointPath(HttpMethod.GET, path), default, JsonRequest, path.Length == 0 && ProbeTimeout < timeout ? ProbeTimeout : timeout, cancellation);

    public Task<SearchResponse> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) =>
        SendAsync(new EndpointPath(HttpMethod.PUT, path), json, JsonRequest, timeout, cancellation);

    public Task<SearchResponse> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) =>
        SendAsync(new EndpointPath(HttpMethod.POST, path), json, JsonRequest, timeout, cancellation);

    public Task<SearchResponse> BulkAsync(string path, ReadOnlyMemory<byte> body, bool compressed, CancellationToken cancellation) =>
        SendAsync(new EndpointPath(HttpMethod.POST, path), body, compressed ? CompressedBulkRequest : BulkRequest, timeout, cancellation);

    public void Dispose() => connection.Dispose();

    private async Task<SearchResponse> SendAsync(EndpointPath path, ReadOnlyMemory<byte> body, RequestConfiguration kind, TimeSpan limit, CancellationToken cancellation)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(limit);
        Exception? fault;
        Uri? asked = null;
        try
        {
            PostData? data = body.IsEmpty ? null : PostData.ReadOnlyMemory(body);
            BytesResponse response = await connection.Transport(isBulk: kind.ContentType != Json).RequestAsync<BytesResponse>(path, data, null, kind, late.Token);
            ApiCallDetails call = response.ApiCallDetails;
            asked = call.Uri;
            if (call.HttpStatusCode is { } status) return Answer(status, call.ResponseBodyInBytes ?? response.Body, call);
            fault = call.OriginalException;
        }
        catch (TransportException e)
        {
            fault = e.InnerException ?? e;
        }
        cancellation.ThrowIfCancellationRequested();
        return NoAnswer(fault, asked, late.IsCancellationRequested ? limit : null);
    }

    private SearchResponse Answer(int status, byte[]? body, ApiCallDetails call) => new(
        status, body, Wait(Header(call, RetryAfter)), Target: status is >= 300 and <= 399 ? Target(call.Uri, Header(call, Location)) : null, Product: Header(call, Product),
        Endpoint: connection.Name(call.Uri), HasOther: status is 502 or 503 or 504 && connection.HasOther);

    /// <param name="fault">What was thrown.</param>
    /// <param name="asked">URL of the request.</param>
    /// <param name="late">The time limit, if it has passed.</param>
    private SearchResponse NoAnswer(Exception? fault, Uri? asked, TimeSpan? late)
    {
        string why = late is { } limit ? $"no response within {Duration.Format(limit)}" : fault is null ? "no response" : Describe(fault);
        if (connection.Proxy(asked) is { } proxy) why = $"{why} (through the proxy {proxy})";
        return new SearchResponse(0, default, Failure: why, IsConnectionLost: fault is not null && IsConnectionLost(fault), Endpoint: connection.Name(asked), HasOther: connection.HasOther);
    }

    private static bool IsConnectionLost(Exception e) => e is IOException or HttpRequestException
    {
        HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError),
    };

    private TimeSpan? Wait(string? retryAfter) =>
        RetryConditionHeaderValue.TryParse(retryAfter, out RetryConditionHeaderValue? wait) ? wait.Delta ?? wait.Date - time.GetUtcNow() : null;

    /// <summary>Where a redirect leads; without query, user and fragment, which may hold secrets of a sign-in.</summary>
    private static string? Target(Uri? from, string? location)
    {
        if (location is null || !Uri.TryCreate(location, UriKind.RelativeOrAbsolute, out Uri? target)) return null;
        // A path is an absolute URI of a file on Unix.
        if ((!target.IsAbsoluteUri || target.IsFile) && from is not null) target = new Uri(from, location);
        return target.IsAbsoluteUri ? target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "elsewhere";
    }

    private static string? Header(ApiCallDetails call, string name) => call.TryGetHeader(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

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
