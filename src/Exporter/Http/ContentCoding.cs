using Microsoft.Net.Http.Headers;

namespace SFlow.Exporter.Http;

/// <summary>How the body of an answer may be compressed (RFC 9110, section 12.5.3).</summary>
internal static class ContentCoding
{
    /// <summary>Whether the client accepts gzip. A header that is not understood does not.</summary>
    public static bool AcceptsGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding!, out IList<StringWithQualityHeaderValue>? wanted)
        && wanted.Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}
