namespace SFlow.Exporter.History;

/// <summary>Puts the history into the program.</summary>
internal static class HistoryServices
{
    /// <summary>No history is written yet, so no <see cref="IHistory"/> is registered.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) => services;
}
