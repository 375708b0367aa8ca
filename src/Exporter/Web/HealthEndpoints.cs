using SFlow.Exporter.Http;
using SFlow.Exporter.Metrics;

namespace SFlow.Exporter.Web;

/// <summary><c>/-/healthy</c>: the process is alive. <c>/-/ready</c>: datagrams are accepted, otherwise 503 with the reason.</summary>
internal static class HealthEndpoints
{
    private static readonly ApiContent Text = new("text/plain");

    public static void Map(IEndpointRouteBuilder endpoints, Sources sources)
    {
        endpoints.MapRead("/-/healthy", RequestKind.Probe, new ApiDescription("healthy", "Whether the process is alive.", [], Text), context => AnswerAsync(context, null, "Healthy."));
        endpoints.MapRead("/-/ready", RequestKind.Probe, new ApiDescription("ready", "Whether datagrams are accepted. Status 503 has the reason as text.", [], Text), context => AnswerAsync(context, sources.NotReadyBecause, "Ready."));
    }

    private static Task AnswerAsync(HttpContext context, string? fault, string fine)
    {
        context.Response.StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync((fault is null ? fine : $"Not ready: {fault}") + "\n");
    }
}
