using SFlow.Exporter.Http;

namespace SFlow.Exporter.Web.OpenApi;

/// <summary><c>GET /api/openapi.json</c>: all endpoints and parameters for programs. Made once, when all endpoints are known.</summary>
internal static class OpenApiEndpoint
{
    private static readonly ApiDescription Description = new("openapi", "This document.", [], new ApiContent("application/json"));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Lazy<byte[]> body = new(() => OpenApiDocument.Of(endpoints.ServiceProvider.GetRequiredService<EndpointDataSource>().Endpoints));
        endpoints.MapRead("/api/openapi.json", RequestKind.Page, Description, async context =>
        {
            if (ParameterFault.InNone(context.Request.Query) is { } fault)
            {
                await fault.WriteAsync(context);
                return;
            }
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.ContentType = "application/json; charset=utf-8";
            await ResponseBody.WriteAsync(context, body.Value);
        });
    }
}
