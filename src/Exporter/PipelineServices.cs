using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Count;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter;

/// <summary>Registers the pipeline of the workers, and the objects that they share.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services, AddressBookSource book) => services
        .AddSingleton<Registries>()
        .AddSingleton<Workers>()
        .AddSingleton<IReadOnlyList<WorkerCounters>>(provider => provider.GetRequiredService<Workers>())
        .AddSingleton<IClusterNodes, ClusterNodes>()
        .AddSingleton(provider => new AgentRegistry(provider.GetRequiredService<AgentOptions>(), provider.GetRequiredService<IClusterNodes>()))
        .AddSingleton<IUpkeep>(provider => provider.GetRequiredService<AgentRegistry>())
        .AddSingleton<PortCalibration>()
        .AddSingleton<ICalibration>(provider => provider.GetRequiredService<PortCalibration>())
        .AddSingleton<IUpkeep>(provider => provider.GetRequiredService<PortCalibration>())
        .AddHostedService<UpkeepService>()
        .AddIdentify(book)
        .AddSingleton(provider => ExportRule.Live(provider.GetRequiredService<SteadyClock>().Now, provider.GetRequiredService<AgentOptions>().Elsewhere))
        .AddSingleton(provider => new ListeningHistory(provider.GetRequiredService<ObserveOptions>()))
        .AddSingleton<IListeningSockets>(provider => provider.GetRequiredService<ListeningHistory>())
        .AddSingleton(provider => FamilySet.Live(provider.GetRequiredService<Registries>(), provider.GetRequiredService<CountOptions>(), Now(provider), provider.GetService<IGeoIp>(), provider.GetRequiredService<StoreOptions>().HistoryRows()))
        .AddSingleton<IReadOnlyList<IFamily>>(provider => provider.GetRequiredService<FamilySet>())
        .AddHostedService<FamilyBalancing>()
        .AddSingleton(new RecordPool(RecordQueue.BatchSize))
        .AddSingleton<WorkerPipeline>()
        .AddSingleton<Func<(IDatagramIntake, WorkerCounters)>>(provider =>
        {
            WorkerPipeline line = provider.GetRequiredService<WorkerPipeline>();
            RecordPool pool = provider.GetRequiredService<RecordPool>();
            RecordQueue[] sinks = [.. provider.GetServices<RecordQueue>()];
            return () => line.NewWorker(sinks.Length > 0 ? new SinkFanout(pool, sinks) : null);
        });

    private static long Now(IServiceProvider provider) =>
        provider.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixNanoseconds();
}
