using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Metrics;

namespace SFlow.Dashboards.Definitions;

/// <summary>Load of the exporter, its series, records and sinks.</summary>
internal static class ExporterView
{
    public static Dashboard Dashboard { get; } = new("exporter", "Exporter", "Load, series, records and sinks of the exporter.")
    {
        Rows = [new Row("", Figures), new Row("Load", Load), new Row("Series", Series), new Row("Records and sinks", Records), new Row("Limits and evidence", Limits)],
    };

    private static Panel[] Figures =>
    [
        Panel.Stat("Datagrams", "Datagrams read from the sockets, per second.", Unit.PerSecond, Of(MetricCatalogue.DatagramsReceived).Rate().Sum()),
        Panel.Stat("Processor", "Processor cores in use.", Unit.Count, Of(MetricCatalogue.ProcessCpu).Rate().Sum()) with { Decimals = 2 },
        Panel.Stat("Memory", "Resident memory of the process.", Unit.Memory, Of(MetricCatalogue.ProcessResidentMemory).Value().Sum()),
        Panel.Stat("Series in use", "Used share of the series limit, of the fullest family. At 100 %, small series are counted in __other__.", Unit.Share, Used().Max())
            .Coloured(Shared.Budget) with { Decimals = 1 },
        Panel.Stat("Records lost", "Records lost before or in a sink, in the selected range.", Unit.Count, Of(MetricCatalogue.RecordsLost).Increase().Sum()).Coloured(Shared.NoneIsGood) with { Decimals = 0 },
        Panel.Stat("Running for", "Time since the oldest exporter started.", Unit.Seconds, (Expression.Time - Of(MetricCatalogue.ProcessStartTime).Value()).Max()),
    ];

    private static Panel[] Load =>
    [
        Panel.TimeSeries("Datagrams by result", "Datagrams per second by result of decoding.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.Datagrams).Rate().Sum("status"), "{{status}}"),
        Panel.TimeSeries("Datagrams dropped", "By reason, per second. kernel: the socket receive buffer was full.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.DatagramsDropped).Rate().Sum(Labels.Reason), "{{reason}}"),
        Panel.TimeSeries("Flow samples by observation point", "Per second. source, fallback and outside count as traffic; destination is the second sample of a packet.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.Samples).Rate().Sum("observation"), "{{observation}}").Stacked(),
        Panel.TimeSeries("Processor", "Processor cores in use, by exporter.", Unit.Count).Show(Of(MetricCatalogue.ProcessCpu).Rate().Sum("instance"), "{{instance}}"),
        Panel.TimeSeries("Memory", "Resident memory and managed heap of each exporter.", Unit.Memory)
            .Show(Of(MetricCatalogue.ProcessResidentMemory).Value().Sum("instance"), "{{instance}} resident")
            .Show(Of(MetricCatalogue.DotnetHeap).Value().Sum("instance"), "{{instance}} heap"),
        Panel.TimeSeries("Scrape and pauses", "Time to collect the values of a scrape, and time in garbage collections per second.", Unit.Seconds)
            .Show(Of(MetricCatalogue.ScrapeDuration).Value().Max("instance"), "{{instance}} scrape")
            .Show(Of(MetricCatalogue.DotnetPause).Rate().Sum("instance"), "{{instance}} pauses"),
    ];

    private static Panel[] Series =>
    [
        Panel.TimeSeries("Series in use", "Used share of the series limit, by family.", Unit.Share).Show(Used().Max("family"), "{{family}}"),
        Panel.TimeSeries("Counted in the remainder", "Samples per second that were counted in __other__ because they had no series of their own.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.Folded).Rate().Sum("family"), "{{family}}"),
        Panel.TimeSeries("Series that changed", "Series per second that moved to __other__, because heavier ones took their place (displaced), or because they had no sample for a long time (expired).", Unit.PerSecond)
            .Show(Of(MetricCatalogue.Displaced).Rate().Sum("family"), "displaced {{family}}").Show(Of(MetricCatalogue.Expired).Rate().Sum("family"), "expired {{family}}"),
    ];

    private static Panel[] Records =>
    [
        Panel.TimeSeries("Records", "Records accepted by a sink, per second.", Unit.PerSecond).Show(Of(MetricCatalogue.Records).Rate().Sum(Labels.Sink, "outcome"), "{{sink}} {{outcome}}"),
        Panel.TimeSeries("Records lost", "Records lost before or in a sink, by reason, per second.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.RecordsLost).Rate().Sum(Labels.Sink, Labels.Reason), "{{sink}} {{reason}}"),
        Panel.TimeSeries("Records queued", "Queue length of each sink.", Unit.Count).Show(Of(MetricCatalogue.QueueLength).Value().Sum(Labels.Sink), "{{sink}}"),
        Panel.TimeSeries("Sinks that work", "1 if the last request or write of the sink succeeded, otherwise 0.", Unit.Whole)
            .Show(Of(MetricCatalogue.SinkUp).Value().Max("instance", Labels.Sink).Or(Of(MetricCatalogue.StoreUp).Value().Max("instance").With(Labels.Sink, "store")), "{{instance}} {{sink}}"),
        Panel.TimeSeries("Answers of Elasticsearch", "Records in its answers by outcome, per second. Only created and already_there are accepted; rejected ones are dead letters.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.ElasticsearchItems).Rate().Sum("outcome"), "{{outcome}}"),
        Panel.TimeSeries("Waiting for Elasticsearch", "Age of the oldest record that Elasticsearch has not confirmed.", Unit.Seconds)
            .Show(Of(MetricCatalogue.ElasticsearchLag).Value().Max("instance"), "{{instance}}"),
        Panel.TimeSeries("Spool on disk", "Size of the spool and of the dead letters, and the limit of the spool.", Unit.Memory)
            .Show(Of(MetricCatalogue.SpoolBytes).Value().Sum("instance"), "{{instance}} spool").Show(Of(MetricCatalogue.DeadLetterBytes).Value().Sum("instance"), "{{instance}} dead letters")
            .Show(Of(MetricCatalogue.SpoolLimit).Value().Max(), "limit"),
        Panel.TimeSeries("Store", "Records in the embedded store.", Unit.Count).Show(Of(MetricCatalogue.StoreRecords).Value().Sum("instance"), "{{instance}}"),
        Panel.TimeSeries("Store on disk", "Size of the embedded store.", Unit.Memory).Show(Of(MetricCatalogue.StoreBytes).Value().Sum("instance"), "{{instance}}"),
    ];

    private static Panel[] Limits =>
    [
        Panel.TimeSeries("Agents in the registry", "Agents, and their limit.", Unit.Whole)
            .Show(Of(MetricCatalogue.Agents).Value().Sum("instance"), "{{instance}}").Show(Of(MetricCatalogue.AgentsLimit).Value().Max(), "limit").Size(6, 8),
        Panel.TimeSeries("HTTP requests refused", "Requests refused and connections closed, by reason, per second.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.HttpRefused).Rate().Sum(Labels.Reason), "{{reason}}").Size(6, 8),
        Panel.TimeSeries("How servers were determined", "Counted flow samples per second. iana_port and lower_port are heuristics.", Unit.PerSecond)
            .Show(Of(MetricCatalogue.ServerSamples).Rate().Sum(Labels.Reason), "{{reason}}").Stacked().Size(6, 8),
        Panel.TimeSeries("Listening sockets", "Sockets in the cache that determines servers unknown to Kubernetes, and its limit.", Unit.Count)
            .Show(Of(MetricCatalogue.ListeningSockets).Value().Sum("instance"), "{{instance}}").Show(Of(MetricCatalogue.ListeningSocketsLimit).Value().Max(), "limit").Size(6, 8),
    ];

    private static Selector Of(MetricDefinition metric) => Selector.Selected(metric);

    private static Expression Used() => Of(MetricCatalogue.Series).Value() / Of(MetricCatalogue.SeriesLimit).Value();
}
