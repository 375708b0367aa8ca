using SFlow.Exporter.Agents;
using SFlow.Exporter.Expose.Live;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Expose;

/// <summary>
/// Metrics, live page and health. Needs <c>IReadOnlyList&lt;WorkerCounters&gt;</c>, <c>AgentRegistry</c>, <c>IFlowFamily</c> (also by the
/// key <c>sflow_acknowledged</c>), <c>Registries</c>, <c>ReceiveOptions</c> and <c>TimeProvider</c>; takes every <c>RecordQueue</c> and
/// <c>SinkState</c>, and <c>IKernelDrops</c>, <c>StoreStats</c> and
/// <c>IReadiness</c> where they are.
/// </summary>
internal static class ExposeServices
{
    public static IServiceCollection AddExpose(this IServiceCollection services) => services
        .AddSingleton<SteadyClock>()
        .AddSingleton(provider => AgentRoster.Live(
            provider.GetRequiredService<AgentRegistry>(), provider.GetRequiredService<Registries>().Nodes, provider.GetRequiredService<SteadyClock>().Now))
        .AddSingleton<Sources>()
        .AddSingleton<ScrapeClients>()
        .AddSingleton<MetricRenderings>()
        .AddSingleton<MetricsEndpoint>()
        .AddSingleton<FlowHistory>()
        .AddSingleton<OverviewReader>()
        .AddHostedService<FlowSampler>();

    public static IEndpointRouteBuilder MapExpose(this IEndpointRouteBuilder endpoints)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        MetricsEndpoint metrics = services.GetRequiredService<MetricsEndpoint>();
        endpoints.MapRead("/metrics", RequestKind.Scrape, metrics.ServeAsync);
        HealthEndpoints.Map(endpoints, services.GetRequiredService<Sources>());
        OverviewEndpoint.Map(endpoints, services.GetRequiredService<OverviewReader>());
        PageAssets.Map(endpoints);
        return endpoints;
    }
}
