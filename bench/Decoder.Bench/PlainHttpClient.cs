using System.IO.Compression;
using System.Net.Http.Headers;
using SFlow.Exporter.Elasticsearch;

namespace SFlow.Bench;

/// <summary>What Elastic's transport is compared with: <see cref="HttpClient"/> alone, and a body that is compressed into an array of its own.</summary>
internal sealed class PlainHttpClient(Uri url) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = url };

    public async Task SendAsync(BulkBody body)
    {
        ReadOnlyMemoryContent content = new(Pack(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        content.Headers.ContentEncoding.Add("gzip");
        using HttpRequestMessage request = new(HttpMethod.Post, "logs/_bulk") { Content = content };
        using HttpResponseMessage response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => client.Dispose();

    private static byte[] Pack(BulkBody body)
    {
        using MemoryStream packed = new(body.Length / 8);
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body.Bytes);
        return packed.ToArray();
    }
}
