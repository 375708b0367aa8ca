using System.Text.Json;

namespace SFlow.Exporter.Expose.Live;

/// <summary><c>GET /api/overview</c>.</summary>
internal static class OverviewEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints, OverviewReader reader) =>
        endpoints.MapGet("/api/overview", (HttpContext context) => ServeAsync(context, reader));

    private static Task ServeAsync(HttpContext context, OverviewReader reader)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (OverviewQuery.Parse(context.Request.Query, out string error) is not { } query)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(error + "\n");
        }
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, reader.Read(query), OverviewJson.Readable.Overview, context.RequestAborted);
    }
}
