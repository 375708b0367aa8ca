using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>
/// A real search engine to which the program shipped the demo's capture, and a little that the demo lacks. For one record of nearly every pair of
/// namespaces there is an older copy, outside the time range of all panels.
/// </summary>
public abstract class ShippedRecords(string service) : IAsyncLifetime
{
    internal const string Stream = "logs-sflow.flow-default";

    /// <summary>The namespace to which traffic is new: no older record has it as its destination.</summary>
    internal const string NewDestination = "messaging";

    /// <summary>Where the page of the exporter links to.</summary>
    internal const string KibanaUrl = "https://kibana.example.com/prefix", GrafanaUrl = "https://grafana.example.com";

    private const int DaysBefore = 10;

    /// <summary>Datagrams per second: fast, or slow where pictures for people are made, which look better with a longer time.</summary>
    private static readonly string Pace = Environment.GetEnvironmentVariable("SFLOW_SCREENSHOTS") is null ? "120" : "25";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-kibana-");

    private OpenSearchServer server = null!;
    private ExporterProcess exporter = null!;
    private string? lack;

    internal OpenSearchServer Server => Preparation.Or(lack, server);
    internal ExporterProcess Exporter => Preparation.Or(lack, exporter);

    /// <summary>All documents as the server stores them, without the older copies.</summary>
    internal IReadOnlyList<JsonObject> Records { get => Preparation.Or(lack, field); private set; } = [];

    /// <summary>A time range around the records, in milliseconds of Unix time.</summary>
    internal (long From, long To) Range { get => Preparation.Or(lack, field); private set; }

    internal string[] Captures { get; private set; } = [];

    public async ValueTask InitializeAsync() => lack = await Preparation.TryAsync(PrepareAsync);

    private async Task PrepareAsync()
    {
        string demo = Path.Combine(SharedFolder.Repository, "src", "Exporter", "Demo"), doubtful = Path.Combine(folder.FullName, "doubtful.pcap");
        await File.WriteAllBytesAsync(doubtful, DoubtfulTraffic.Capture());
        Captures = [Path.Combine(demo, "demo.pcap"), doubtful];
        server = await OpenSearchServer.StartAsync(service);
        exporter = await ExporterProcess.StartAsync("run", "--inventory", Path.Combine(demo, "inventory.json"), "--elasticsearch", Server.Address.ToString(), "--elasticsearch-flush", "1s",
            "--kibana-url", $"{KibanaUrl}/", "--grafana-url", GrafanaUrl, "--networks", "office=192.168.200.60/32", "--geoip-database", OutsideNetworks.Write(folder.FullName));
        foreach (string capture in Captures)
        {
            (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", capture, "--to", $"127.0.0.1:{Exporter.Port}", "--rate", Pace);
            Assert.True(exitCode == 0, errors);
        }
        await SettledAsync();
        Records = await ReadAsync(Stream);
        Range = RangeOf(Records);
        await AddOlderAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (exporter is not null) await exporter.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until the server has as many records as the exporter received samples.</summary>
    private Task<Dictionary<string, double>> SettledAsync() => Exporter.WaitForAsync(metrics =>
    {
        double received = metrics.Where(metric => metric.Key.StartsWith("sflow_exporter_samples_total{", StringComparison.Ordinal)).Sum(metric => metric.Value);
        double written = metrics.GetValueOrDefault("sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"written\"}");
        return received > 0 && written >= received;
    });

    /// <summary>A time range around records, in whole seconds.</summary>
    internal static (long From, long To) RangeOf(IReadOnlyList<JsonObject> records)
    {
        long[] times = [.. records.Select(record => DateTimeOffset.Parse(record["@timestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds())];
        return (times.Min() / 1_000 * 1_000, times.Max() / 1_000 * 1_000 + 1_000);
    }

    /// <summary>All documents of a stream.</summary>
    internal async Task<IReadOnlyList<JsonObject>> ReadAsync(string stream)
    {
        await Server.AskAsync(HttpMethod.Post, $"/{stream}/_refresh");
        List<JsonObject> records = [];
        JsonNode page = await Server.AskAsync(HttpMethod.Post, $"/{stream}/_search?scroll=1m", """{ "size": 5000, "sort": ["_doc"] }""");
        while (page["hits"]!["hits"]!.AsArray() is { Count: > 0 } hits)
        {
            records.AddRange(hits.Select(hit => hit!["_source"]!.DeepClone().AsObject()));
            page = await Server.AskAsync(HttpMethod.Post, "/_search/scroll", $$"""{ "scroll": "1m", "scroll_id": "{{page["_scroll_id"]}}" }""");
        }
        return records;
    }

    private async Task AddOlderAsync()
    {
        StringBuilder bulk = new();
        foreach (JsonObject record in Records.Where(record => Flat.Counted(record) && Flat.Text(record, "sflow.destination_namespace") != NewDestination)
            .DistinctBy(record => (Flat.Text(record, "sflow.source_namespace"), Flat.Text(record, "sflow.destination_namespace"))))
        {
            JsonNode older = record.DeepClone();
            older["@timestamp"] = DateTimeOffset.Parse(record["@timestamp"]!.GetValue<string>(), CultureInfo.InvariantCulture).AddDays(-DaysBefore).ToString("O", CultureInfo.InvariantCulture);
            bulk.Append("{\"create\":{}}\n").Append(older.ToJsonString()).Append('\n');
        }
        JsonNode answer = await Server.AskAsync(HttpMethod.Post, $"/{Stream}/_bulk?refresh=true", bulk.ToString());
        Assert.False(answer["errors"]!.GetValue<bool>(), answer.ToJsonString());
    }
}

/// <summary>In OpenSearch.</summary>
public sealed class OpenSearchRecords() : ShippedRecords("opensearch");

/// <summary>In the last Elasticsearch with an open licence, without data streams.</summary>
public sealed class OldElasticsearchRecords() : ShippedRecords("elasticsearch710");
