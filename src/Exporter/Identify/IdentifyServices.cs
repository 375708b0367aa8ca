using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.GeoIp;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Kubernetes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>Registers the address book and the services that update it.</summary>
internal static class IdentifyServices
{
    public static IServiceCollection AddIdentify(this IServiceCollection services, AddressBookSource source)
    {
        services
            .AddSingleton(source)
            .AddSingleton<ClusterIndex>()
            .AddSingleton<IClusterObjects, ClusterObjects>()
            .AddSingleton(provider => new AddressBookHolder(source.Load(provider.GetRequiredService<ClusterIndex>())))
            .AddHostedService<InventoryWatch>();
        if (source.File is not null) services.AddSingleton(source.Figures);
        if (source.Api is not { } connect) return services;

        IReadOnlyList<WatchStats> figures = KubernetesWatch.NewFigures();
        foreach (WatchStats kind in figures) services.AddSingleton(kind);
        return services
            .AddSingleton<KubernetesWatch>(provider => new KubernetesWatch(
                connect(), provider.GetRequiredService<ClusterIndex>(), provider.GetRequiredService<AddressBookHolder>(), figures, new WatchTiming(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KubernetesWatch>>()))
            .AddSingleton<IReadiness>(provider => provider.GetRequiredService<KubernetesWatch>())
            .AddHostedService(provider => provider.GetRequiredService<KubernetesWatch>());
    }

    /// <summary>Registers the GeoIP databases of the user, if any, and their reload.</summary>
    /// <exception cref="GeoIpDatabaseException">A database is unusable.</exception>
    public static IServiceCollection AddGeoIp(this IServiceCollection services, IdentifyOptions options)
    {
        if (GeoIpDatabases.Open(options) is not { } databases) return services;
        foreach (GeoIpStats figures in databases.Figures) services.AddSingleton(figures);
        return services.AddSingleton(_ => databases).AddSingleton<IGeoIp>(provider => provider.GetRequiredService<GeoIpDatabases>()).AddHostedService<GeoIpWatch>();
    }

    public static IEndpointRouteBuilder MapIdentify(this IEndpointRouteBuilder endpoints)
    {
        ExplainEndpoint.Map(endpoints, endpoints.ServiceProvider.GetRequiredService<ClusterIndex>(), endpoints.ServiceProvider.GetService<IGeoIp>());
        return endpoints;
    }
}
