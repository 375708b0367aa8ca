using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>The address book and whatever keeps it current.</summary>
internal static class IdentifyServices
{
    public static IServiceCollection AddIdentify(this IServiceCollection services, AddressBookSource source)
    {
        services
            .AddSingleton(source)
            .AddSingleton<ClusterIndex>()
            .AddSingleton(provider => new AddressBookHolder(source.Load(provider.GetRequiredService<ClusterIndex>())))
            .AddHostedService<InventoryWatch>();
        if (source.Api is not { } connect) return services;

        IReadOnlyList<KindFigures> figures = KubernetesWatch.NewFigures();
        foreach (KindFigures kind in figures) services.AddSingleton(kind);
        return services
            .AddSingleton<KubernetesWatch>(provider => new KubernetesWatch(
                connect(), provider.GetRequiredService<ClusterIndex>(), provider.GetRequiredService<AddressBookHolder>(), figures, new WatchTiming(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KubernetesWatch>>()))
            .AddSingleton<IReadiness>(provider => provider.GetRequiredService<KubernetesWatch>())
            .AddHostedService(provider => provider.GetRequiredService<KubernetesWatch>());
    }

    public static IEndpointRouteBuilder MapIdentify(this IEndpointRouteBuilder endpoints)
    {
        ExplainEndpoint.Map(endpoints, endpoints.ServiceProvider.GetRequiredService<ClusterIndex>());
        return endpoints;
    }
}
