using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>
/// The program ships a capture in a loop to a real OpenSearch, which has as many documents as samples were decoded, and the sums of the metrics. CI ships
/// 200,000 records; with <c>SFLOW_LONG=1</c> it is a million.
/// </summary>
public sealed class MillionTests(ITestOutputHelper output)
{
    private const string Stream = "logs-sflow.flow-default", FlowSamples = "sflow_exporter_samples_decoded_total{sample_type=\"flow\"}";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(12);

    private static int Records => Environment.GetEnvironmentVariable("SFLOW_LONG") == "1" ? 1_000_000 : 200_000;

    [Fact]
    public async Task Each_record_is_there_exactly_once_and_sums_equal_the_metrics()
    {
        string captures = Path.Combine(SharedFolder.Repository, "tests", "captures");
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        await using ExporterProcess exporter = await ExporterProcess.StartAsync(
            "run", "--inventory", Path.Combine(captures, "ovn-s1-cross.inventory.json"), "--store", "false", "--elasticsearch", server.Address.ToString());
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_sink_up{sink=\"elasticsearch\"}"] == 1);

        long start = Stopwatch.GetTimestamp();
        using Process replay = Process.Start(new ProcessStartInfo(
            ExporterProcess.Path, ["replay", Path.Combine(captures, "ovn-s1-cross.pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "4000", "--loop"])
        {
            RedirectStandardError = true, UseShellExecute = false,
        })!;
        try
        {
            await exporter.WaitForAsync(metrics => metrics[FlowSamples] >= Records, Longest);
        }
        finally
        {
            replay.Kill();
            await replay.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => metrics["sflow_exporter_queue_length{sink=\"elasticsearch\"}"] == 0, Longest);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, samples = metrics[FlowSamples];

        double Sum(string name) => metrics.Where(metric => metric.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(metric => metric.Value);
        Assert.Equal(0, Sum("sflow_exporter_records_lost_total"));
        Assert.Equal(samples, Sum("sflow_exporter_records_total"));
        JsonNode found = await server.SearchAsync(Stream, """
            {
              "size": 0, "track_total_hits": true,
              "aggs": {
                "counted": {
                  "filter": { "term": { "sflow.counted": true } },
                  "aggs": { "bytes": { "sum": { "field": "network.bytes" } }, "packets": { "sum": { "field": "network.packets" } } }
                }
              }
            }
            """);
        JsonNode counted = found["aggregations"]!["counted"]!;
        Assert.Equal(samples, found["hits"]!["total"]!["value"]!.GetValue<long>());
        Assert.Equal(Sum("sflow_flow_samples_total"), counted["doc_count"]!.GetValue<long>());
        Assert.Equal(Sum("sflow_flow_bytes_total"), counted["bytes"]!["value"]!.GetValue<double>());
        Assert.Equal(Sum("sflow_flow_packets_total"), counted["packets"]!["value"]!.GetValue<double>());
        // In one index, an id is unique.
        JsonNode stream = await server.AskAsync(HttpMethod.Get, $"/_data_stream/{Stream}");
        Assert.Single(stream["data_streams"]![0]!["indices"]!.AsArray());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{samples} records in {seconds:0} s; {metrics["process_cpu_seconds_total"]:0.0} s of CPU are the exporter's; {metrics["sflow_exporter_sink_requests_total{sink=\"elasticsearch\"}"]} requests"));
    }
}
