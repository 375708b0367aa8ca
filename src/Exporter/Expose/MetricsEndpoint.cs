using System.IO.Compression;
using Microsoft.Net.Http.Headers;
using Prometheus;

namespace SFlow.Exporter.Expose;

/// <summary><c>GET /metrics</c>: takes the figures of this moment and writes them; one scrape at a time.</summary>
internal sealed class MetricsEndpoint(MetricReaders readers, TimeProvider time) : IDisposable
{
    private const int LongestUserAgent = 128;
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task ServeAsync(HttpContext context)
    {
        CancellationToken gone = context.RequestAborted;
        HttpRequest request = context.Request;
        (ExpositionFormat format, string contentType) = Negotiation.Format(request.Headers.Accept);
        bool gzip = Negotiation.Gzip(request.Headers.AcceptEncoding);
        using MemoryStream text = new();
        MetricSet metrics;
        await turn.WaitAsync(gone);
        try
        {
            long now = time.GetUtcNow().ToUnixNanoseconds();
            metrics = readers.For(Identity(request), now);
            metrics.Fill(now);
            await using (Stream packed = gzip ? new GZipStream(text, CompressionLevel.Fastest, leaveOpen: true) : Stream.Null)
                await metrics.WriteAsync(gzip ? packed : text, format, gone);
            // The turn ends before the network's part: a slow reader keeps nobody else waiting.
            if (!gone.IsCancellationRequested) metrics.Shown();
        }
        finally
        {
            turn.Release();
        }
        HttpResponse response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = text.Length;
        response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
        response.Headers.CacheControl = "no-store";
        if (gzip) response.Headers.ContentEncoding = "gzip";
        await response.Body.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), gone);
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Prometheus tells its scrape timeout; nobody else does.</summary>
    private static string? Identity(HttpRequest request)
    {
        if (!request.Headers.ContainsKey("X-Prometheus-Scrape-Timeout-Seconds")) return null;
        string userAgent = request.Headers.UserAgent.ToString();
        return $"{request.HttpContext.Connection.RemoteIpAddress} {userAgent[..Math.Min(userAgent.Length, LongestUserAgent)]}";
    }
}
