using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace SFlow.Exporter.Http;

/// <summary>An answer in JSON that is made at once: compressed if it is long and the client accepts that, and written as the client reads it.</summary>
internal static class JsonResponse
{
    /// <summary>Shorter answers fit into a packet, so compression gains nothing.</summary>
    private const int Shortest = 1_400;

    public static async Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        HttpResponse response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        ReadOnlyMemory<byte> sent = body;
        if (body.Length >= Shortest && ContentCoding.AcceptsGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            sent = Compress(body);
        }
        response.ContentLength = sent.Length;
        await ResponseBody.WriteAsync(context, sent);
    }

    private static ReadOnlyMemory<byte> Compress(byte[] body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }
}
