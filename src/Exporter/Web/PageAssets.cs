using System.Reflection;
using System.Security.Cryptography;
using SFlow.Exporter.Http;

namespace SFlow.Exporter.Web;

/// <summary>The live page: files inside the program. The content policy allows its own origin only.</summary>
internal static class PageAssets
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ResourcePrefix = "SFlow.Exporter.Web.Page.";
    private const string Index = "index.html";

    /// <summary>Maps each file to <c>/page/NAME</c>, and the page itself to <c>/</c>.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            string name = resource[ResourcePrefix.Length..];
            byte[] content = Read(assembly, resource);
            string etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"";
            endpoints.MapRead(name == Index ? "/" : $"/page/{name}", RequestKind.Page, context => ServeAsync(context, content, TypeOf(name), etag));
        }
    }

    private static Task ServeAsync(HttpContext context, byte[] content, string contentType, string etag)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = etag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        if (context.Request.Headers.IfNoneMatch.Contains(etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        return response.Body.WriteAsync(content).AsTask();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"no content type for {name}"),
    };

    private static byte[] Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
