using SFlow.Exporter.Metrics;
using SFlow.Exporter.Web.OpenApi;

namespace SFlow.Exporter.Web;

/// <summary>The live page, its data, and health. Needs the <see cref="Sources"/> of <c>AddExposition</c>.</summary>
internal static class WebServices
{
    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddSingleton<FlowHistory>()
        .AddSingleton<OverviewReader>()
        .AddHostedService<FlowSampler>();

    public static void MapWeb(this IEndpointRouteBuilder endpoints)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        HealthEndpoints.Map(endpoints, services.GetRequiredService<Sources>());
        OverviewEndpoint.Map(endpoints, services.GetRequiredService<OverviewReader>());
        FieldsEndpoint.Map(endpoints);
        OpenApiEndpoint.Map(endpoints);
        PageAssets.Map(endpoints);
    }
}
