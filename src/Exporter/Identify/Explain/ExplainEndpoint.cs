using System.Globalization;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify.Explain;

/// <summary><c>GET /api/explain?address=&amp;at=</c>: what an address is or was, with the evidence.</summary>
internal static class ExplainEndpoint
{
    private static readonly ApiDescription Description = new(
        "explain", "What an address is, or was at a time, with the evidence.",
        [
            new ApiParameter("address", "an IPv4 or IPv6 address") { IsRequired = true },
            new ApiParameter("at", "absent, or a time such as 2026-11-24T10:31:00Z"),
        ],
        ApiContent.Json(ExplanationJson.Default.Explanation))
    { Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden] };

    public static void Map(IEndpointRouteBuilder endpoints, ClusterIndex index, IGeoIp? places) =>
        endpoints.MapRead("/api/explain", RequestKind.Api, Description, context => AnswerAsync(context, index, places));

    /// <summary>Reads a time: RFC 3339, or a time of today; without a zone it is UTC.</summary>
    public static bool TryParseTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static Task AnswerAsync(HttpContext context, ClusterIndex index, IGeoIp? places)
    {
        IQueryCollection query = context.Request.Query;
        string address = query["address"].ToString(), at = query["at"].ToString();
        context.Response.Headers.CacheControl = "no-store";
        DateTimeOffset time = default;
        ParameterFault? fault = ParameterFault.In(query, Description.Parameters);
        if (!Address.TryParse(address, out Address parsed)) fault ??= Description["address"].Fault();
        if (at.Length > 0 && !TryParseTime(at, out time)) fault ??= Description["at"].Fault();
        if (fault is not null) return fault.WriteAsync(context);
        return index.Explain(parsed, at.Length > 0 ? time : null).In(places).For(Viewer.Of(context)) is { } explanation
            ? context.Response.WriteAsJsonAsync(explanation, ExplanationJson.Default.Explanation, cancellationToken: context.RequestAborted)
            : Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "You may see addresses of the namespaces that you may read, and this address belongs to none of them at that time.");
    }
}
