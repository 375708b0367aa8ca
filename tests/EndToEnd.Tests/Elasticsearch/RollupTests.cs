using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Elasticsearch;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>Combined records in a real OpenSearch beside single ones: fewer documents, and the same sums, also after lost responses and a restart.</summary>
public sealed class RollupTests(ITestOutputHelper output)
{
    private const string Single = "logs-sflow.flow-single", Combined = "logs-sflow.flow-combined", Default = "logs-sflow.flow-default";

    /// <summary>Sums of a stream: all, and by pairs of namespaces. A document that combines nothing is one sample.</summary>
    private const string Sums = """
        {
          "size": 0, "track_total_hits": true,
          "aggs": {
            "samples": { "sum": { "field": "sflow.rollup.samples", "missing": 1 } },
            "counted": {
              "filter": { "term": { "sflow.counted": true } },
              "aggs": {
                "samples": { "sum": { "field": "sflow.rollup.samples", "missing": 1 } },
                "bytes": { "sum": { "field": "network.bytes" } },
                "packets": { "sum": { "field": "network.packets" } },
                "from": {
                  "terms": { "field": "sflow.source_namespace", "size": 100, "missing": "none", "order": { "_key": "asc" } },
                  "aggs": {
                    "to": {
                      "terms": { "field": "sflow.destination_namespace", "size": 100, "missing": "none", "order": { "_key": "asc" } },
                      "aggs": {
                        "samples": { "sum": { "field": "sflow.rollup.samples", "missing": 1 } },
                        "bytes": { "sum": { "field": "network.bytes" } },
                        "packets": { "sum": { "field": "network.packets" } }
                      }
                    }
                  }
                }
              }
            }
          }
        }
        """;

    private static string Captures => Path.Combine(SharedFolder.Repository, "tests", "captures");

    private static string Capture => Path.Combine(Captures, "ovn-s1-cross.pcap");

    [Fact]
    public async Task Sums_of_combined_records_are_those_of_single_ones_and_of_the_counters()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        (Totals single, Totals counters) = await ShipAsync(server, Single, []);
        (Totals combined, Totals again) = await ShipAsync(server, Combined, ["--elasticsearch-rollup", "5s"]);
        Assert.Equal(counters, again);
        Assert.Equal(counters, single with { Pairs = "" });
        Assert.Equal(counters, combined with { Pairs = "", Documents = single.Documents });
        Assert.Equal(single.Pairs, combined.Pairs);
        Assert.InRange(combined.Documents, 1, single.Documents - 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counters.Samples} samples: {single.Documents} documents, {combined.Documents} combined; {single.Pairs.Split('\n').Length * 3} sums by pair of namespaces compared"));
    }

    /// <summary>The two runs get the datagrams of the capture in turn. So each has most conversations, and none of its samples is one of the other run.</summary>
    [Fact]
    public async Task A_window_that_a_restart_cuts_has_two_documents_with_the_right_sums()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        (Totals single, Totals whole) = await ShipAsync(server, Single, []);
        string folder = Directory.CreateTempSubdirectory("sflow-rollup-").FullName;
        try
        {
            (string even, string odd) = Deal(Capture, folder);
            string[] combine = ["--elasticsearch-rollup", "10m", "--elasticsearch-spool", Path.Combine(folder, "spool")];
            (Totals between, Totals first) = await ShipAsync(server, Combined, combine, even, stop: true);
            (Totals both, Totals second) = await ShipAsync(server, Combined, combine, odd, stop: true);
            Assert.Equal(first with { Documents = between.Documents }, between with { Pairs = "" });
            Assert.Equal(whole.Samples, first.Samples + second.Samples);
            Assert.Equal(single with { Documents = both.Documents }, both);
            Assert.InRange(between.Documents, 1, first.Samples - 1);
            Assert.InRange(both.Documents - between.Documents, 1, second.Samples - 1);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first.Samples} + {second.Samples} samples: {between.Documents} documents before the restart, {both.Documents} after the end"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_lost_response_makes_no_second_document()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        using FaultyTransport transport = new(server);
        transport.After = (number, response) => Task.FromResult(number % 2 == 1 ? transport.Lose(response) : response);
        await using Shipping shipping = new(transport, change: options =>
            (options.RollupWindow, options.RollupConversations, options.BulkBytes) = (TimeSpan.FromSeconds(30), 700, 64 * 1024));
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(1_000).SelectMany(record => Enumerable.Repeat(record, 3)).Select((record, i) => record with { IdHigh = (ulong)i })];
        shipping.Offer(records);
        await shipping.StopAsync();
        Assert.Equal((records.Length, 0), (shipping.Queue.Written + shipping.Queue.AlreadyThere + shipping.Queue.RolledUp, shipping.Queue.Waiting));
        Assert.True(transport.LostItems > 0);
        Assert.Equal(transport.LostItems, shipping.Queue.AlreadyThere);
        JsonNode found = await server.SearchAsync(Default, Sums);
        Assert.Equal(shipping.Queue.Written + shipping.Queue.AlreadyThere, found["hits"]!["total"]!["value"]!.GetValue<long>());
        Assert.Equal(records.Length, found["aggregations"]!["samples"]!["value"]!.GetValue<double>());
        Assert.Equal(records.Sum(record => (double)record.Bytes), found["aggregations"]!["counted"]!["bytes"]!["value"]!.GetValue<double>());
    }

    /// <summary>Replays a capture through a new exporter.</summary>
    /// <returns>What the server has in the stream, and what the exporter counted.</returns>
    private static async Task<(Totals Server, Totals Counters)> ShipAsync(OpenSearchServer server, string stream, string[] more, string? capture = null, bool stop = false)
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync(
            "run", ["--inventory", Path.Combine(Captures, "ovn-s1-cross.inventory.json"), "--store", "false", "--elasticsearch", server.Address.ToString(), "--elasticsearch-stream", stream, .. more]);
        (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", capture ?? Capture, "--to", $"127.0.0.1:{exporter.Port}", "--rate", "200");
        Assert.True(exitCode == 0, errors);
        Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics =>
            stop ? metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"] > 0 : metrics["sflow_exporter_queue_length{sink=\"elasticsearch\"}"] == 0);
        if (stop)
        {
            // What was received is counted; a stop in the middle of a window sends it.
            await Task.Delay(500, TestContext.Current.CancellationToken);
            metrics = await exporter.MetricsAsync();
            Assert.Equal(0, await exporter.StopAsync());
        }
        double Sum(string name) => metrics.Where(metric => metric.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(metric => metric.Value);
        Assert.Equal(0, Sum("sflow_exporter_records_lost_total"));
        double samples = metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"];
        Totals counters = new(samples, samples, Sum("sflow_flow_samples_total"), Sum("sflow_flow_bytes_total"), Sum("sflow_flow_packets_total"), "");
        return (await TotalsAsync(server, stream), counters);
    }

    /// <summary>Deals the packets of a capture to two captures in turn. The file has a header of 24 bytes, and one of 16 bytes before each packet.</summary>
    private static (string Even, string Odd) Deal(string capture, string folder)
    {
        byte[] bytes = File.ReadAllBytes(capture);
        (string even, string odd) = (Path.Combine(folder, "even.pcap"), Path.Combine(folder, "odd.pcap"));
        using FileStream first = File.Create(even), second = File.Create(odd);
        (FileStream next, FileStream other) = (first, second);
        next.Write(bytes.AsSpan(0, 24));
        other.Write(bytes.AsSpan(0, 24));
        for (int start = 24, end; start < bytes.Length; start = end)
        {
            end = start + 16 + (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(start + 8));
            next.Write(bytes.AsSpan(start..end));
            (next, other) = (other, next);
        }
        return (even, odd);
    }

    private static async Task<Totals> TotalsAsync(OpenSearchServer server, string stream)
    {
        JsonNode found = await server.SearchAsync(stream, Sums), counted = found["aggregations"]!["counted"]!;
        IEnumerable<string> pairs = counted["from"]!["buckets"]!.AsArray().SelectMany(from => from!["to"]!["buckets"]!.AsArray()
            .Select(to => $"{from["key"]} {to!["key"]} {Value(to["samples"])} {Value(to["bytes"])} {Value(to["packets"])}"));
        return new Totals(
            found["hits"]!["total"]!["value"]!.GetValue<double>(), Value(found["aggregations"]!["samples"]), Value(counted["samples"]), Value(counted["bytes"]), Value(counted["packets"]), string.Join('\n', pairs));
    }

    private static double Value(JsonNode? metric) => metric!["value"]!.GetValue<double>();

    /// <param name="Documents">Documents of the stream.</param>
    /// <param name="Samples">Samples that they combine.</param>
    /// <param name="Counted">Samples that count as traffic.</param>
    /// <param name="Bytes">Bytes of these.</param>
    /// <param name="Packets">Packets of these.</param>
    /// <param name="Pairs">Samples, bytes and packets of each pair of namespaces.</param>
    private sealed record Totals(double Documents, double Samples, double Counted, double Bytes, double Packets, string Pairs);
}
