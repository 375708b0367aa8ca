namespace SFlow.Exporter.Http;

/// <summary>Headers of every answer, refusals included: a browser guesses no type, runs nothing, frames nothing and tells nobody.</summary>
internal static class SecurityHeaders
{
    /// <summary>For answers that are data: nothing may be loaded from within them.</summary>
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
