using System.Text.Json;
using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;

namespace SFlow.Exporter.Web;

/// <summary><c>GET /api/overview</c>.</summary>
internal static class OverviewEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints, OverviewReader reader) =>
        endpoints.MapRead("/api/overview", RequestKind.Api, context => ServeAsync(context, reader));

    private static Task ServeAsync(HttpContext context, OverviewReader reader)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (OverviewQuery.Parse(context.Request.Query, out ParameterFault? fault) is not { } query) return fault!.WriteAsync(context);
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, reader.Read(query, Viewer.Of(context)), OverviewJson.Readable.Overview, context.RequestAborted);
    }
}
