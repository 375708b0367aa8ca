using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History.Query;

/// <summary>The endpoints of the history. Needs <see cref="Registries"/>, and <see cref="IHistory"/> where a history is kept.</summary>
internal static class HistoryQueryServices
{
    public static IServiceCollection AddHistoryQuery(this IServiceCollection services) => services
        .AddSingleton(new HistoryLimits())
        .AddSingleton<HistoryEndpoint>()
        .AddSingleton(provider => new NameSearch(provider.GetRequiredService<Registries>(), provider.GetService<IHistory>()))
        .AddSingleton<NamesEndpoint>();

    public static void MapHistoryQuery(this IEndpointRouteBuilder endpoints)
    {
        IServiceProvider services = endpoints.ServiceProvider;
        HistoryEndpoint? endpoint = services.GetService<IHistory>() is null ? null : services.GetRequiredService<HistoryEndpoint>();
        endpoints.MapRead("/api/series", RequestKind.Api, HistoryEndpoint.Series, endpoint is null ? HistoryEndpoint.AnswerDisabledAsync : endpoint.AnswerSeriesAsync);
        endpoints.MapRead("/api/top", RequestKind.Api, HistoryEndpoint.Top, endpoint is null ? HistoryEndpoint.AnswerDisabledAsync : endpoint.AnswerTopAsync);
        endpoints.MapRead("/api/names", RequestKind.Api, NamesEndpoint.Description, services.GetRequiredService<NamesEndpoint>().AnswerAsync);
    }
}
