using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using SFlow.Exporter.Http;

namespace SFlow.Exporter.Web;

/// <summary>
/// The page: files inside the program. Their paths contain a hash of all of them, so browsers keep them until the program changes, and a page never mixes
/// files of two versions. The content policy allows its own origin only.
/// </summary>
internal static class PageAssets
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ResourcePrefix = "page/", Index = "index.html";
    private const string Forever = "max-age=31536000, immutable", Revalidate = "no-cache";

    private static readonly ApiDescription Description = new("page", "The page. Its own parameters are the view that it shows.", [], new ApiContent("text/html"));

    /// <summary>Maps each file to <c>/page/HASH/NAME</c>, and the page itself to <c>/</c>.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Assembly assembly = typeof(PageAssets).Assembly;
        (string Name, byte[] Content)[] files =
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(resource => (resource[ResourcePrefix.Length..], Read(assembly, resource))),
        ];
        string folder = $"/page/{HashOf(files)}/";
        foreach ((string name, byte[] content) in files)
        {
            PageAsset asset = name == Index
                ? new(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("\"/page/", $"\"{folder}", StringComparison.Ordinal)), TypeOf(name), Revalidate)
                : new(content, TypeOf(name), Forever);
            if (name == Index) endpoints.MapRead("/", RequestKind.Page, Description, asset.ServeAsync);
            else endpoints.MapRead(folder + name, RequestKind.Page, asset.ServeAsync);
        }
    }

    private static string HashOf((string Name, byte[] Content)[] files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, byte[] content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        "" => "text/plain; charset=utf-8",
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
