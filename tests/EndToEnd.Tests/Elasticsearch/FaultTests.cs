using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Elasticsearch;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>Faults that a real OpenSearch makes itself: each record is there once, or is a dead letter, or is in the spool.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Stream = "logs-sflow.flow-default";
    private const int Records = 5_000;

    private readonly string folder = Directory.CreateTempSubdirectory("sflow-fault-").FullName;

    private static string Captures => Path.Combine(SharedFolder.Repository, "tests", "captures");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_server_that_has_no_room_for_requests_or_items_gets_each_record_once()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync("opensearch", "--set", "thread_pool.write.size=1", "--set", "thread_pool.write.queue_size=1");
        await using Shipping shipping = new(server.Address.ToString(), change: options => options.BulkBytes = 128 * 1024, spool: Path.Combine(folder, "spool"));
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(Records)];

        await Shipping.UntilAsync(() => shipping.State.IsUp);
        await BreakAsync(server, "100b");
        shipping.Offer(records.Take(Records / 2));
        await Shipping.UntilAsync(() => shipping.Said("status 429") && shipping.State.Requests > 3);
        Assert.Equal(0, shipping.Queue.Written);
        await BreakAsync(server, null);

        using CancellationTokenSource stop = new();
        Task[] others = [.. Enumerable.Range(0, 12).Select(_ => CrowdAsync(server.Address, stop.Token))];
        shipping.Offer(records.Skip(Records / 2));
        await Task.WhenAny(shipping.SettledAsync(), Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await Task.WhenAll(others);
        await shipping.SettledAsync();

        Assert.Equal((Records, 0), (shipping.Queue.Written + shipping.Queue.AlreadyThere, Enum.GetValues<LossReason>().Sum(shipping.Queue.Lost)));
        Assert.Equal(Records, await CountAsync(server));
    }

    [Fact]
    public async Task What_a_wrong_mapping_rejects_is_kept_with_the_reason_and_arrives_once_the_mapping_is_right()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        // Somebody's template of a higher priority: no port fits its type.
        await server.AskAsync(HttpMethod.Put, "/_index_template/other", """
            { "index_patterns": ["logs-sflow.flow-*"], "priority": 5000, "data_stream": {},
              "template": { "mappings": { "properties": { "source": { "properties": { "port": { "type": "byte" } } } } } } }
            """);
        string letters = Path.Combine(folder, "letters");
        await using (Shipping shipping = new(server.Address.ToString(), deadLetters: letters))
        {
            await shipping.StartAsync();
            shipping.Offer(shipping.Flows.Many(500));
            await shipping.SettledAsync();
            Assert.Equal((0, 0, 500, 0), shipping.Outcomes);
        }
        string[] lines = [.. Directory.GetFiles(letters, "*.ndjson").SelectMany(File.ReadLines)];
        Assert.Equal(500, lines.Length);
        JsonNode letter = JsonNode.Parse(lines[0])!;
        Assert.Equal(400, (int)letter["status"]!);
        Assert.Contains("source.port", (string)letter["reason"]!, StringComparison.Ordinal);
        Assert.Contains("out of range", (string)letter["reason"]!, StringComparison.Ordinal);

        (int code, string said, _) = await ExporterProcess.RunAsync("deadletters", "list", "--elasticsearch-dead-letters", letters);
        Assert.Equal(0, code);
        Assert.Contains("500  status 400, mapper_parsing_exception", said, StringComparison.Ordinal);

        await server.AskAsync(HttpMethod.Delete, "/_data_stream/*");
        await server.AskAsync(HttpMethod.Delete, "/_index_template/other");
        string[] send = ["deadletters", "send", "--elasticsearch", server.Address.ToString(), "--elasticsearch-dead-letters", letters];
        (code, said, string errors) = await ExporterProcess.RunAsync(send);
        Assert.True(code == 0, errors + said);
        Assert.Equal("500 written, 0 already there, 0 rejected again, 0 left\n", said);
        Assert.Equal(500, await CountAsync(server));
        Assert.Empty(Directory.GetFiles(letters, "*.ndjson"));
    }

    [Fact]
    public async Task SIGTERM_while_the_server_is_away_loses_no_record()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        string[] arguments =
        [
            "--inventory", Path.Combine(Captures, "ovn-s1-cross.inventory.json"), "--elasticsearch", server.Address.ToString(), "--elasticsearch-spool", Path.Combine(folder, "spool"),
            "--drain", "3s",
        ];
        double samples;
        await using (ExporterProcess exporter = await ExporterProcess.StartAsync("run", arguments))
        {
            await exporter.WaitForAsync(metrics => metrics["sflow_exporter_sink_up{sink=\"elasticsearch\"}"] == 1);
            await server.KillAsync();
            (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", Path.Combine(Captures, "ovn-s1-cross.pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "200");
            Assert.True(exitCode == 0, errors);
            samples = (await exporter.MetricsAsync())["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"];
            Assert.Equal(0, await exporter.StopAsync());
            Assert.Contains(exporter.Log, line => line.Contains(string.Create(CultureInfo.InvariantCulture, $"keeps {samples} records for the next start"), StringComparison.Ordinal));
        }
        await server.RestartAsync();
        await using ExporterProcess second = await ExporterProcess.StartAsync("run", arguments);
        await second.WaitForAsync(metrics => metrics["sflow_exporter_queue_length{sink=\"elasticsearch\"}"] == 0);
        Assert.Equal(samples, await CountAsync(server));
        Assert.Equal(0, await second.StopAsync());
    }

    private static Task<JsonNode> BreakAsync(OpenSearchServer server, string? limit) => server.AskAsync(
        HttpMethod.Put, "/_cluster/settings", new JsonObject { ["transient"] = new JsonObject { ["network.breaker.inflight_requests.limit"] = limit } }.ToJsonString());

    /// <summary>Another client that takes the few places of the server, as long as it may.</summary>
    private static async Task CrowdAsync(Uri server, CancellationToken stop)
    {
        using HttpClient client = new() { BaseAddress = server };
        string body = string.Concat(Enumerable.Repeat("{\"index\":{}}\n{\"crowd\":\"" + new string('x', 200) + "\"}\n", 500));
        while (!stop.IsCancellationRequested)
        {
            using StringContent content = new(body, Encoding.UTF8, "application/x-ndjson");
            using HttpResponseMessage response = await client.PostAsync(new Uri("/crowd/_bulk", UriKind.Relative), content, CancellationToken.None);
        }
    }

    private static async Task<int> CountAsync(OpenSearchServer server)
    {
        JsonNode found = await server.SearchAsync(Stream, """{ "size": 0, "track_total_hits": true }""");
        return found["hits"]!["total"]!["value"]!.GetValue<int>();
    }
}
