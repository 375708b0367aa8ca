using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Elasticsearch;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>A real server that is away under load, and an exporter that is killed meanwhile: what the spool keeps, and what it can not keep.</summary>
public sealed class SpoolTests(ITestOutputHelper output)
{
    private const string Stream = "logs-sflow.flow-default";
    private const int Records = 20_000;

    /// <summary>Room for three seconds of the load below: more than the second before the spool begins, and less than the outage.</summary>
    private const int QueueBatches = 16;

    [Fact]
    public async Task While_the_server_is_away_the_spool_keeps_every_record()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-spool-");
        try
        {
            (long accepted, long lost) = await OutageAsync(server, folder.FullName);
            Assert.Equal((Records, 0), (accepted, lost));
            Assert.Equal(Records, await CountAsync(server));
            Assert.Empty(folder.EnumerateFiles("*.spool"));

            // The same without a spool: the ids are the same, so that the stream is emptied first.
            await server.AskAsync(HttpMethod.Delete, $"/_data_stream/{Stream}");
            (accepted, lost) = await OutageAsync(server, null);
            Assert.Equal(Records, accepted + lost);
            Assert.True(lost > 0);
            Assert.Equal(accepted, await CountAsync(server));
            output.WriteLine($"{Records} records offered during an outage: none lost with the spool, {lost} lost and counted without");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task An_exporter_that_is_killed_loses_only_what_was_in_memory()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        string captures = Path.Combine(SharedFolder.Repository, "tests", "captures");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-spool-");
        try
        {
            string[] arguments =
            [
                "--inventory", Path.Combine(captures, "ovn-s1-cross.inventory.json"), "--elasticsearch", server.Address.ToString(),
                "--elasticsearch-spool", folder.FullName, "--elasticsearch-flush", "500ms",
            ];
            double samples, kept, inMemory;
            await using (ExporterProcess exporter = await ExporterProcess.StartAsync("run", arguments))
            {
                await exporter.WaitForAsync(metrics => metrics["sflow_exporter_sink_up{sink=\"elasticsearch\"}"] == 1);
                await server.KillAsync();
                (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", Path.Combine(captures, "ovn-s1-cross.pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "5");
                Assert.True(exitCode == 0, errors);
                Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => metrics["sflow_exporter_spool_records"] > 0);
                samples = metrics["sflow_exporter_samples_decoded_total{sample_type=\"flow\"}"];
                Assert.Equal(0, metrics["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"written\"}"]);
                // The memory is noted every second, and nothing arrives any more.
                await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                metrics = await exporter.MetricsAsync();
                (kept, inMemory) = (metrics["sflow_exporter_spool_records"], metrics["sflow_exporter_queue_length{sink=\"elasticsearch\"}"] - metrics["sflow_exporter_spool_records"]);
                // Disposal ends the program by SIGKILL.
            }
            await server.RestartAsync();
            await using ExporterProcess second = await ExporterProcess.StartAsync("run", arguments);
            Assert.Contains(second.Log, line => line.Contains("records of an earlier run", StringComparison.Ordinal));
            Dictionary<string, double> settled = await second.WaitForAsync(metrics => metrics["sflow_exporter_queue_length{sink=\"elasticsearch\"}"] == 0);
            double written = settled["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"written\"}"];
            int found = await CountAsync(server);
            Assert.Equal(written, found);
            Assert.InRange(found, kept, samples);
            Assert.Equal(0, settled["sflow_exporter_spool_records"]);
            // What the start says is what is missing.
            Assert.Equal((kept, samples - found), (settled["sflow_exporter_spool_restored_records"], settled["sflow_exporter_spool_left_in_memory_records"]));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples} records, {kept} in the spool and {inMemory} in memory at the kill: {found} arrived, {samples - found} lost"));
            Assert.Equal(0, await second.StopAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_second_exporter_on_the_same_spool_is_refused()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-spool-");
        try
        {
            string[] arguments = ["--kubernetes", "off", "--elasticsearch", "http://127.0.0.1:1", "--elasticsearch-spool", folder.FullName];
            await using ExporterProcess exporter = await ExporterProcess.StartAsync("run", arguments);
            (int exitCode, _, string errors) = await ExporterProcess.RunAsync(["run", "--port", "0", "--http-port", "0", "--store", "false", .. arguments]);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("is in use by another process", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Offers records while the server is away, more than fit into memory, and starts the server again.</summary>
    private static async Task<(long Accepted, long Lost)> OutageAsync(OpenSearchServer server, string? spool)
    {
        await using Shipping shipping = new(server.Address.ToString(), change: options => options.BulkBytes = 128 * 1024, queueBatches: QueueBatches, spool: spool);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(Records)];
        shipping.Offer(records.Take(500));
        await Shipping.UntilAsync(() => shipping.Queue.Written + shipping.Queue.AlreadyThere == 500);
        await server.KillAsync();
        foreach (Flow[] some in records.Skip(500).Chunk(512))
        {
            shipping.Offer(some);
            await Task.Delay(200);
        }
        await server.RestartAsync();
        await shipping.SettledAsync();
        return (shipping.Queue.Written + shipping.Queue.AlreadyThere, Enum.GetValues<LossReason>().Sum(shipping.Queue.Lost));
    }

    private static async Task<int> CountAsync(OpenSearchServer server)
    {
        JsonNode found = await server.SearchAsync(Stream, """{ "size": 0, "track_total_hits": true }""");
        return found["hits"]!["total"]!["value"]!.GetValue<int>();
    }
}
