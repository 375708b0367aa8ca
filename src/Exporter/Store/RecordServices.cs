using SFlow.Exporter.Http;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>Puts the store and its search into the program.</summary>
internal static class RecordServices
{
    /// <summary>Adds store, queue, writer and search when <see cref="StoreOptions.Enabled"/>.</summary>
    /// <exception cref="InvalidOperationException">The options are not registered as an instance before this call.</exception>
    public static IServiceCollection AddRecord(this IServiceCollection services)
    {
        ServiceDescriptor? registered = services.LastOrDefault(service => service.ServiceType == typeof(StoreOptions));
        StoreOptions options = registered?.ImplementationInstance as StoreOptions
            ?? throw new InvalidOperationException($"Register {nameof(StoreOptions)} as an instance before {nameof(AddRecord)}.");
        services.AddSingleton<StoreStats>();
        if (!options.Enabled) return services;

        RecordQueue queue = new(RecordSink.Name, options.QueueBatches);
        return services
            .AddSingleton(queue)
            .AddSingleton<RecordStore>()
            .AddSingleton(new SearchLimits())
            .AddSingleton<RecordSearch>()
            .AddSingleton<FlowsEndpoint>()
            .AddSingleton<IFlowArchive, FlowArchive>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<RecordSink>(provider, queue));
    }

    /// <summary>Maps <c>GET /api/flows</c>.</summary>
    public static IEndpointRouteBuilder MapRecord(this IEndpointRouteBuilder routes)
    {
        RequestDelegate answer = routes.ServiceProvider.GetService<FlowsEndpoint>() is { } endpoint
            ? endpoint.AnswerAsync
            : FlowsEndpoint.AnswerDisabledAsync;
        routes.MapRead("/api/flows", RequestKind.Api, FlowsEndpoint.Description, answer);
        return routes;
    }
}
