using SFlow.Exporter.Agents;
using SFlow.Exporter.Http;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// <c>/metrics</c>. Needs the workers' counters, the registry of agents, the families, <c>Registries</c> and <c>TimeProvider</c>; takes
/// every <c>RecordQueue</c> and <c>SinkState</c>, and <c>IKernelDrops</c>, <c>StoreStats</c> and <c>IReadiness</c> where they are.
/// </summary>
internal static class MetricsServices
{
    public static IServiceCollection AddExposition(this IServiceCollection services) => services
        .AddSingleton<SteadyClock>()
        .AddSingleton(provider => AgentRoster.Live(
            provider.GetRequiredService<AgentRegistry>(), provider.GetRequiredService<Registries>().Nodes, provider.GetRequiredService<SteadyClock>().Now,
            provider.GetRequiredService<AgentOptions>().Elsewhere))
        .AddSingleton<Sources>()
        .AddSingleton<ScrapeClients>()
        .AddSingleton<MetricRenderings>()
        .AddSingleton<MetricsEndpoint>();

    private static readonly ApiDescription Description = new(
        "metrics", "All metrics for Prometheus. The header Accept chooses the form.", [],
        new ApiContent("text/plain"), new ApiContent("application/openmetrics-text"));

    public static void MapExposition(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRead("/metrics", RequestKind.Scrape, Description, endpoints.ServiceProvider.GetRequiredService<MetricsEndpoint>().ServeAsync);
}
