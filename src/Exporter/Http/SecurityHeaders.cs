namespace SFlow.Exporter.Http;

/// <summary>Headers of every response, errors included: no type sniffing, no scripts of others, no frames, no referrer.</summary>
internal static class SecurityHeaders
{
    /// <summary>For data responses: they may load nothing.</summary>
    private const string DataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Add(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = DataPolicy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
