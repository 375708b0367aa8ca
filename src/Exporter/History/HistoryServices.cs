using SFlow.Exporter.Count;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.History;

/// <summary>Puts the history into the program.</summary>
internal static class HistoryServices
{
    /// <summary>Adds <see cref="IHistory"/> and its writer where a history is kept. The store must be added before: its writer starts first and stops last.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services, StoreOptions options)
    {
        if (options.HistoryRows() == 0) return services;
        return services
            .AddSingleton<HistoryStats>()
            .AddSingleton(provider => new HistoryNaming(provider.GetRequiredService<Registries>()))
            .AddSingleton<HistoryWriter>()
            .AddSingleton<IHistory, HistoryReader>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<HistoryRecorder>(provider, provider.GetRequiredService<FamilySet>().History!));
    }
}
