using SFlow.Exporter.Elasticsearch.DeadLetters;
using SFlow.Exporter.Elasticsearch.Spool;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Puts the way to Elasticsearch or OpenSearch into the program.</summary>
internal static class ShipServices
{
    /// <summary>Adds queue and sink when <see cref="ElasticsearchOptions.Url"/> is set; needs the options, <see cref="Registries"/> and the clock.</summary>
    /// <exception cref="InvalidOperationException">The options are not registered as an instance before this call.</exception>
    public static IServiceCollection AddElasticsearch(this IServiceCollection services)
    {
        ElasticsearchOptions options = services.LastOrDefault(service => service.ServiceType == typeof(ElasticsearchOptions))?.ImplementationInstance as ElasticsearchOptions
            ?? throw new InvalidOperationException($"Register {nameof(ElasticsearchOptions)} as an instance before {nameof(AddElasticsearch)}.");
        if (options.Url.Length == 0) return services;

        RecordQueue queue = new(ShipSink.Name, options.QueueBatches);
        SinkState state = new(ShipSink.Name);
        ShipStats stats = new() { DeadLetters = options.DeadLetterBytes == 0 ? null : new DeadLetterStats(options.DeadLetterBytes), Rollup = options.RollupWindow > TimeSpan.Zero ? new RollupStats() : null };
        return services
            .AddSingleton(queue)
            .AddSingleton(state)
            .AddSingleton(stats)
            .AddDeadLetters(options, stats)
            .AddBodies(options, queue)
            .AddSingleton(provider => RecordOrigin.OfThisProgram(provider.GetRequiredService<KubernetesOptions>().ClusterName))
            .AddSingleton<ISearchTransport>(provider => new SearchTransport(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ShipSink>>()))
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<ShipSink>(provider, queue, state));
    }

    /// <summary>The folder of the dead letters.</summary>
    public static DeadLetterFolder DeadLetters(ElasticsearchOptions options, StoreOptions store) =>
        new(Path.GetFullPath(options.DeadLetterFolder.Length > 0 ? options.DeadLetterFolder : Path.Combine(store.Folder, "elasticsearch-dead-letters")), options.DeadLetterBytes);

    private static IServiceCollection AddDeadLetters(this IServiceCollection services, ElasticsearchOptions options, ShipStats stats)
    {
        if (stats.DeadLetters is not { } letters) return services;
        return services.AddSingleton(provider =>
        {
            DeadLetterFolder folder = DeadLetters(options, provider.GetRequiredService<StoreOptions>());
            letters.Bytes = folder.Bytes;
            return new RejectedItems(folder, options.DataStream, letters, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ShipSink>>());
        });
    }

    private static IServiceCollection AddBodies(this IServiceCollection services, ElasticsearchOptions options, RecordQueue queue)
    {
        if (options.SpoolBytes == 0) return services.AddSingleton<IBulkQueue>(new BulkQueue(options.BulkBytes));
        return services
            .AddSingleton(provider => new SpoolStats(provider.GetRequiredService<TimeProvider>(), options.SpoolBytes))
            .AddSingleton<IBulkQueue>(provider =>
            {
                string folder = options.SpoolFolder.Length > 0 ? options.SpoolFolder : Path.Combine(provider.GetRequiredService<StoreOptions>().Folder, "elasticsearch-spool");
                TimeProvider time = provider.GetRequiredService<TimeProvider>();
                ILogger<ShipSink> logger = provider.GetRequiredService<ILogger<ShipSink>>();
                BodySpool spool = new(folder, options, queue, provider.GetRequiredService<SpoolStats>(), time, logger);
                return new SpoolQueue(spool, options, time, logger);
            });
    }
}
