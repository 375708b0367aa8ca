using SFlow.Exporter.Http;
using SFlow.Exporter.Http.Access;

namespace SFlow.Exporter.Web;

/// <summary><c>GET /api/overview</c>.</summary>
internal static class OverviewEndpoint
{
    private static readonly ApiDescription Description = new(
        "overview", "The last 10 and 60 seconds, agents and health.", OverviewQuery.Parameters,
        ApiContent.Json(OverviewJson.Readable.Overview))
    { Refusals = [StatusCodes.Status400BadRequest] };

    public static void Map(IEndpointRouteBuilder endpoints, OverviewReader reader) =>
        endpoints.MapRead("/api/overview", RequestKind.Api, Description, context => ServeAsync(context, reader));

    private static async Task ServeAsync(HttpContext context, OverviewReader reader)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (OverviewQuery.Parse(context.Request.Query, out ParameterFault? fault) is not { } query)
        {
            await fault!.WriteAsync(context);
            return;
        }
        await JsonResponse.WriteAsync(context, reader.Read(query, Viewer.Of(context)), OverviewJson.Readable.Overview);
    }
}
