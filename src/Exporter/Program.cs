using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.History;
using SFlow.Exporter.History.Query;
using SFlow.Exporter.Http;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Options;
using SFlow.Exporter.Otlp;
using SFlow.Exporter.Policy;
using SFlow.Exporter.Receive;
using SFlow.Exporter.Store;
using SFlow.Exporter.Web;

namespace SFlow.Exporter;

/// <summary>
/// The overview: datagrams come in; Prometheus gets counters, the store and Elasticsearch get records. Each line registers the stage of one
/// folder.
/// </summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => CommandLine.InvokeAsync(arguments);

    /// <summary>The running program; nothing is started yet.</summary>
    public static WebApplication Compose(Settings settings, IConfiguration configuration, AddressBookSource book)
    {
        WebApplicationBuilder builder = HostSetup.Create(settings, configuration);
        builder.Services
            .AddPipeline(book)      // decode, identify, observe, count: on each worker's own thread
            .AddGeoIp(settings.Identify) // where outside addresses are
            .AddRecord()        // embedded store and its search
            .AddHistory(settings.Store) // sums by minute, hour and day in the store
            .AddHistoryQuery()  // traffic over time by group, names for filters
            .AddElasticsearch()          // Elasticsearch
            .AddOtlp(settings.Otlp)      // metrics by the OpenTelemetry protocol
            .AddHttp()          // rules for all endpoints: errors, limits
            .AddExposition()    // metrics
            .AddPolicy()        // suggestions of NetworkPolicies
            .AddWeb()           // page, health
            .AddReceive();      // last to start, first to stop
        WebApplication program = builder.Build();
        program.UseHttp();
        program.MapIdentify();
        program.MapRecord();
        program.MapHistoryQuery();
        program.MapExposition();
        program.MapWeb();
        program.MapPolicy();
        return program;
    }
}
