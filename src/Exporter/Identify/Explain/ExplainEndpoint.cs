using System.Globalization;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary><c>GET /api/explain?address=&amp;at=</c>: what an address is, and how that is known.</summary>
internal static class ExplainEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints, ClusterIndex index, IPlaces? places) =>
        endpoints.MapGet("/api/explain", (HttpContext context) => AnswerAsync(context, index, places));

    /// <summary>Reads a time: RFC 3339, or a time of today; without a zone it is UTC.</summary>
    public static bool TryParseTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static async Task AnswerAsync(HttpContext context, ClusterIndex index, IPlaces? places)
    {
        string address = context.Request.Query["address"].ToString(), at = context.Request.Query["at"].ToString();
        context.Response.Headers.CacheControl = "no-store";
        DateTimeOffset time = default;
        if (!Address.TryParse(address, out Address parsed) || at.Length > 0 && !TryParseTime(at, out time))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("address must be an IPv4 or IPv6 address, and at (which may be left out) a time such as 2026-11-24T10:31:00Z\n");
            return;
        }
        await context.Response.WriteAsJsonAsync(index.Explain(parsed, at.Length > 0 ? time : null).In(places), ExplanationJson.Default.Explanation);
    }
}
