using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using SFlow.Exporter.Http;

namespace SFlow.Exporter.Web;

/// <summary>One file of the page. It is compressed once, on its first request by a client that accepts gzip.</summary>
internal sealed class PageAsset
{
    private readonly byte[] content;
    private readonly Lazy<byte[]> compressed;
    private readonly string contentType, cacheControl, etag;

    /// <param name="content">The file.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="cacheControl">How long browsers may keep it.</param>
    public PageAsset(byte[] content, string contentType, string cacheControl)
    {
        (this.content, this.contentType, this.cacheControl) = (content, contentType, cacheControl);
        etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
        compressed = new Lazy<byte[]>(Compress);
    }

    public Task ServeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ETag = etag;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ContentSecurityPolicy = PageAssets.ContentSecurityPolicy;
        if (context.Request.Headers.IfNoneMatch.Contains(etag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        bool isCompressed = ContentCoding.AcceptsGzip(context.Request);
        if (isCompressed) headers.ContentEncoding = "gzip";
        byte[] body = isCompressed ? compressed.Value : content;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return ResponseBody.WriteAsync(context, body);
    }

    private byte[] Compress()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(content);
        return packed.ToArray();
    }
}
