using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>
/// The main job with real neighbours: datagrams of a real Open vSwitch through a real socket, a real Prometheus that scrapes, a real search
/// engine that is killed in between. All figures must meet, and the truth that was captured at the pods.
/// </summary>
public sealed class MainJobTests(ITestOutputHelper output)
{
    private const string Capture = "ovn-s1-cross";
    private const string OfPods = "{source_namespace!~\"@.*|__other__\"}";

    [Fact]
    public async Task The_same_packets_are_in_Prometheus_in_the_store_and_in_the_search_engine()
    {
        await using OpenSearchServer search = await OpenSearchServer.StartAsync();
        await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", "--inventory", File("inventory.json"), "--elasticsearch", search.Address.ToString());
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
        await prometheus.WaitForAsync("count_over_time(up[1h])", answer => answer.Count == 1 && answer[0].Value >= 2);

        Task<(int ExitCode, string Output, string Errors)> replay = ExporterProcess.RunAsync("replay", File("pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "10");
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"written\"}"] > 0);
        await search.KillAsync();
        Assert.Equal(0, (await replay).ExitCode);
        await search.RestartAsync();

        (double packets, double bytes) = Sent();
        IReadOnlyList<PrometheusValue> settled = await prometheus.WaitForAsync($"sum(sflow_flow_packets_total{OfPods})", answer => answer.Count == 1 && answer[0].Value >= packets);
        Assert.Equal(packets, settled[0].Value);
        Assert.Equal(bytes, (await prometheus.QueryAsync($"sum(sflow_flow_bytes_total{OfPods})"))[0].Value);
        await EverySeriesBeganWithZero(prometheus);
        double increase = await IncreaseAsync(prometheus);
        Assert.Equal(bytes, increase, bytes * 1e-9);

        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => Settled(metrics, "elasticsearch") && Settled(metrics, "store"));
        double samples = metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"];
        Assert.Equal(samples, metrics["sflow_exporter_store_records"]);
        await SearchEngineAgrees(search, metrics, samples);
        output.WriteLine($"{packets} packets, {bytes} bytes sent by pods: equal in Prometheus (increase() {increase / bytes:P2}); {samples} records in store and search engine, each once");
        Assert.Equal(0, await exporter.StopAsync());
    }

    /// <summary>
    /// Asked at the moment of a scrape, <c>increase()</c> has nothing to extrapolate behind the last value, nor before a first one that is zero.
    /// </summary>
    private static async Task<double> IncreaseAsync(PrometheusServer prometheus)
    {
        double scraped = (await prometheus.QueryAsync($"max(timestamp(sflow_flow_bytes_total{OfPods}))"))[0].Value;
        string moment = scraped.ToString("F3", CultureInfo.InvariantCulture);
        return (await prometheus.QueryAsync($"sum(increase(sflow_flow_bytes_total{OfPods}[10m] @ {moment}))"))[0].Value;
    }

    /// <summary>Raw last less first is the known sum only if the first value was zero.</summary>
    private static async Task EverySeriesBeganWithZero(PrometheusServer prometheus)
    {
        IReadOnlyList<PrometheusValue> least = await prometheus.QueryAsync("min_over_time(sflow_flow_bytes_total[1h])");
        Assert.True(least.Count > 5);
        Assert.All(least, series => Assert.Equal(0, series.Value));
    }

    private static async Task SearchEngineAgrees(OpenSearchServer search, Dictionary<string, double> metrics, double samples)
    {
        JsonNode answer = await search.SearchAsync("logs-sflow.flow-default", """
            {"size":0,"track_total_hits":true,"aggs":{
              "ids":{"cardinality":{"field":"_id","precision_threshold":40000}},
              "counted":{"filter":{"term":{"sflow.counted":true}},"aggs":{"bytes":{"sum":{"field":"network.bytes"}},"packets":{"sum":{"field":"network.packets"}}}}}}
            """);
        Assert.Equal(samples, answer["hits"]!["total"]!["value"]!.GetValue<double>());
        Assert.Equal(samples, answer["aggregations"]!["ids"]!["value"]!.GetValue<double>());
        JsonNode counted = answer["aggregations"]!["counted"]!;
        Assert.Equal(Sum(metrics, "sflow_flow_bytes_total{"), counted["bytes"]!["value"]!.GetValue<double>());
        Assert.Equal(Sum(metrics, "sflow_flow_packets_total{"), counted["packets"]!["value"]!.GetValue<double>());
        Assert.Equal(Sum(metrics, "sflow_flow_samples_total{"), counted["doc_count"]!.GetValue<double>());
    }

    private static double Sum(Dictionary<string, double> metrics, string prefix) =>
        metrics.Where(metric => metric.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(metric => metric.Value);

    private static bool Settled(Dictionary<string, double> metrics, string sink) =>
        metrics[$"sflow_exporter_queue_length{{sink=\"{sink}\"}}"] == 0
        && Sum(metrics, $"sflow_exporter_records_total{{sink=\"{sink}\"") == metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"];

    /// <summary>What the pods sent, as captured at the pods themselves.</summary>
    private static (double Packets, double Bytes) Sent()
    {
        using JsonDocument truth = JsonDocument.Parse(System.IO.File.ReadAllBytes(File("truth.json")));
        HashSet<string?> pods = [.. truth.RootElement.GetProperty("pods").EnumerateArray().Select(pod => pod.GetProperty("name").GetString())];
        JsonElement[] flows = [.. truth.RootElement.GetProperty("flows").EnumerateArray()
            .Where(flow => pods.Contains(flow.GetProperty("pod").GetString()) && flow.GetProperty("dir").GetString() == "tx" && flow.GetProperty("proto").GetString() != "arp")];
        return (flows.Sum(flow => flow.GetProperty("packets").GetDouble()), flows.Sum(flow => flow.GetProperty("frame_bytes").GetDouble()));
    }

    private static string File(string kind) => Path.Combine(SharedFolder.Repository, "tests", "captures", string.Create(CultureInfo.InvariantCulture, $"{Capture}.{kind}"));
}
