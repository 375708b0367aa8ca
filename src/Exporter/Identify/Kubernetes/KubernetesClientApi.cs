using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using k8s;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Kubernetes;

/// <summary>
/// The API over HTTP. KubernetesClient handles configuration, trust and authentication. It reads a token file again every minute. After a 401
/// or an untrusted certificate, token, kubeconfig and authority are read again.
/// </summary>
internal sealed class KubernetesClientApi(Func<KubernetesClientConfiguration> configure) : IKubernetesApi
{
    /// <summary>Maximum bytes of an error body that are read.</summary>
    private const int LongestError = 4096;

    private readonly Lock gate = new();
    private k8s.Kubernetes? client;

    public async Task<Stream> GetAsync(string path, string accept, CancellationToken stop)
    {
        k8s.Kubernetes used = Connect();
        HttpResponseMessage? response = null;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, Under(used.BaseUri, path)) { Version = HttpVersion.Version20 };
            request.Headers.TryAddWithoutValidation("Accept", accept);
            if (used.Credentials is { } credentials) await credentials.ProcessHttpRequestAsync(request, stop);
            response = await used.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (response.IsSuccessStatusCode) return await response.Content.ReadAsStreamAsync(stop);
            throw await RefusedAsync(used, response, stop);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or ObjectDisposedException || fault is OperationCanceledException && !stop.IsCancellationRequested)
        {
            if (fault.InnerException is AuthenticationException) Forget(used);
            throw new KubernetesException(ApiFault.Connection, $"{used.BaseUri.Authority}: {NetworkFault.Describe(fault)}");
        }
        finally
        {
            if (response is { IsSuccessStatusCode: false }) response.Dispose();
        }
    }

    public void Dispose() => client?.Dispose();

    /// <summary>A server behind a path (Rancher and other cluster proxies) needs this path before that of each request.</summary>
    private static Uri Under(Uri server, string path) => new(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);

    private k8s.Kubernetes Connect()
    {
        lock (gate)
        {
            if (client is not null) return client;
            try
            {
                KubernetesClientConfiguration configuration = configure();
                configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
                configuration.UserAgent = "sflow-exporter";
                configuration.FirstMessageHandlerSetup = handler =>
                {
                    handler.AutomaticDecompression = DecompressionMethods.All;
                    // The API never redirects. A proxy redirects to its sign-in page.
                    handler.AllowAutoRedirect = false;
                    handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                    // .NET does not support networks in NO_PROXY, and OpenShift writes them.
                    handler.Proxy = new EnvironmentProxy();
                    // Pings detect a half-open connection, which would keep all watches silent.
                    handler.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
                    handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
                };
                return client = new k8s.Kubernetes(configuration);
            }
            // A half-written file may cause any exception. The next attempt reads it again.
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw new KubernetesException(ApiFault.Connection, $"configuration of the Kubernetes API can't be used: {fault.Message}");
            }
        }
    }

    /// <summary>Makes the next request use a new connection. Streams of this client are closed, and resume.</summary>
    private void Forget(k8s.Kubernetes used)
    {
        lock (gate)
        {
            if (!ReferenceEquals(client, used)) return;
            client = null;
        }
        used.Dispose();
    }

    private async Task<KubernetesException> RefusedAsync(k8s.Kubernetes used, HttpResponseMessage response, CancellationToken stop)
    {
        string said = await MessageAsync(response, stop);
        RetryConditionHeaderValue? retry = response.Headers.RetryAfter;
        string message = response.Headers.Location is { } target
            ? $"HTTP {(int)response.StatusCode}: {used.BaseUri.Authority} redirects to {Plain(target.ToString())}; name the address of the API itself"
            : $"HTTP {(int)response.StatusCode}: {said}";
        if (response.StatusCode == HttpStatusCode.Unauthorized) Forget(used);
        return new KubernetesException(FaultOf(response.StatusCode), message, retry?.Delta);
    }

    public static ApiFault FaultOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Gone => ApiFault.Expired,
        HttpStatusCode.Unauthorized => ApiFault.Unauthorized,
        HttpStatusCode.Forbidden => ApiFault.Forbidden,
        HttpStatusCode.NotFound => ApiFault.NotFound,
        HttpStatusCode.TooManyRequests => ApiFault.Throttled,
        _ => ApiFault.Server,
    };

    /// <summary>The message of the Status from the API, or the beginning of another body.</summary>
    private static async Task<string> MessageAsync(HttpResponseMessage response, CancellationToken stop)
    {
        byte[] body = new byte[LongestError];
        await using Stream stream = await response.Content.ReadAsStreamAsync(stop);
        int length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop);
        try
        {
            StatusObject? status = JsonSerializer.Deserialize(body.AsSpan(0, length), KubernetesJson.Default.StatusObject);
            if (status?.Message is { Length: > 0 } message) return Plain(message);
        }
        catch (JsonException)
        {
            // A proxy may send the error, and its body may not be JSON.
        }
        return Plain(System.Text.Encoding.UTF8.GetString(body, 0, Math.Min(length, 200)));
    }

    /// <summary>A text from outside, fit for one line of a log.</summary>
    public static string Plain(string text) => string.Concat(text.Take(500).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
