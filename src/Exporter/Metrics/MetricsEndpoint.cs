using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Net.Http.Headers;
using Prometheus;
using SFlow.Exporter.Http;

namespace SFlow.Exporter.Metrics;

/// <summary><c>GET /metrics</c>: the figures of this moment. Readers share what was rendered; each has only a watermark of its own.</summary>
internal sealed class MetricsEndpoint(MetricRenderings renderings, ScrapeClients readers, RequestLimits? limits = null)
{
    /// <summary>From so many scrapes in progress on, they share renderings.</summary>
    private const int Crowd = 4;

    private const int LongestUserAgent = 128;

    public async Task ServeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        (ExpositionFormat format, string contentType) = Negotiation.Format(request.Headers.Accept);
        bool gzip = ContentCoding.AcceptsGzip(request);
        IDictionary<object, object?> connection = context.Features.Get<IConnectionItemsFeature>()?.Items ?? new Dictionary<object, object?>();
        MetricReader? reader = Reader(request);
        Rendering rendering = await renderings.TakeAsync(format, limits?.Scrapes.Count > Crowd, context.RequestAborted);
        long? watermark = reader is { } remembered ? readers.Watermark(remembered, connection) : null;

        HttpResponse response = context.Response;
        response.ContentType = contentType;
        response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
        response.Headers.CacheControl = "no-store";
        if (gzip) response.Headers.ContentEncoding = "gzip";
        await WriteAsync(context, rendering, watermark, gzip);
        // Only now: a reader that did not get all of it has not seen the zeros.
        if (reader is { } served && !context.RequestAborted.IsCancellationRequested) readers.Delivered(served, connection, rendering.Number);
    }

    private static async Task WriteAsync(HttpContext context, Rendering rendering, long? watermark, bool gzip)
    {
        if (!gzip)
        {
            context.Response.ContentLength = rendering.For(watermark).Sum(part => (long)part.Length);
            foreach (ReadOnlyMemory<byte> part in rendering.For(watermark)) await ResponseBody.WriteAsync(context, part);
        }
        else if (rendering.IsTrueFor(watermark))
        {
            context.Response.ContentLength = rendering.Packed.Length;
            await ResponseBody.WriteAsync(context, rendering.Packed);
        }
        else
        {
            using MemoryStream packed = new();
            await using (GZipStream packer = new(packed, CompressionLevel.Fastest, leaveOpen: true))
                foreach (ReadOnlyMemory<byte> part in rendering.For(watermark)) packer.Write(part.Span);
            context.Response.ContentLength = packed.Length;
            await ResponseBody.WriteAsync(context, packed.GetBuffer().AsMemory(0, (int)packed.Length));
        }
    }

    /// <summary>Only Prometheus sends a scrape timeout. Null for clients that do not store what they read.</summary>
    private static MetricReader? Reader(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || !request.Headers.ContainsKey("X-Prometheus-Scrape-Timeout-Seconds")) return null;
        string userAgent = request.Headers.UserAgent.ToString();
        return new MetricReader(request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None, userAgent[..Math.Min(userAgent.Length, LongestUserAgent)]);
    }
}
