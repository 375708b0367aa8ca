using System.Net;
using System.Text;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>What a request came to.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer (refused, lost, timed out).</param>
/// <param name="Body">Body of the answer; of no answer, nothing.</param>
/// <param name="RetryAfter">The wait that the answer asks for.</param>
/// <param name="Failure">Why there was no answer.</param>
/// <param name="IsConnectionLost">There was a connection, and it ended in the middle of the request.</param>
/// <param name="Target">Where a redirect leads, without a query.</param>
/// <param name="Product">The header X-Elastic-Product.</param>
/// <param name="Endpoint">Host and port that were asked, where there are several.</param>
/// <param name="HasOther">The endpoint failed, and another one is left: trying at once makes sense.</param>
internal sealed record SearchResponse(
    int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter = null, string? Failure = null, bool IsConnectionLost = false, string? Target = null, string? Product = null,
    string? Endpoint = null, bool HasOther = false)
{
    private const int LongestExcerpt = 300;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The server, or the way to it, has no room, no answer or no such place now: the same request may succeed later.</summary>
    public bool IsTransient => Status is 0 or 404 or 408 or 429 or >= 500;

    /// <summary>The credentials are wrong or lack a right.</summary>
    public bool IsDenied => Status is 401 or 403;

    /// <summary>The beginning of the body as one line, behind a colon; empty without a body.</summary>
    public string Excerpt
    {
        get
        {
            string text = Text;
            return text.Length == 0 ? "" : $": {new string([.. text.Take(LongestExcerpt).Select(c => char.IsControl(c) ? ' ' : c)])}";
        }
    }

    private string Text => Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, 4 * LongestExcerpt)]);

    public bool Says(string words) => Encoding.UTF8.GetString(Body.Span).Contains(words, StringComparison.Ordinal);

    /// <summary>For logs: "status 503 (ServiceUnavailable)", or why there was no answer.</summary>
    public override string ToString() => Endpoint is null ? Outcome : $"{Endpoint}: {Outcome}";

    private string Outcome => Failure ?? (Target is null
        ? $"status {Status} ({(HttpStatusCode)Status})"
        : $"status {Status} ({(HttpStatusCode)Status}), a redirect to {Target}. Redirects are not followed; if that is the search engine, set Elasticsearch:Url to it");
}
