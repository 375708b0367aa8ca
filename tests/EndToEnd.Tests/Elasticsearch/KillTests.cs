using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Tests.Elasticsearch;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>The exporter is killed while bulk requests are on their way: what is missing then is what the next start names, and nothing is there twice.</summary>
public sealed class KillTests : IDisposable
{
    private const string Stream = "logs-sflow.flow-default", FlowSamples = "sflow_exporter_samples_decoded_total{sample_type=\"flow\"}";
    private const string Queued = "sflow_exporter_queue_length{sink=\"elasticsearch\"}", Spooled = "sflow_exporter_spool_records", Named = "sflow_exporter_spool_left_in_memory_records";

    private readonly ITestOutputHelper output;
    private readonly string folder = Directory.CreateTempSubdirectory("sflow-kill-").FullName;

    public KillTests(ITestOutputHelper output) => this.output = output;

    private static string Captures => Path.Combine(SharedFolder.Repository, "tests", "captures");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The server has accepted the records of two requests, and responds to none of them before the kill.</summary>
    [Fact]
    public async Task Requests_that_the_server_accepts_slowly()
    {
        await using FakeSearch server = await FakeSearch.StartAsync();
        TaskCompletionSource killed = new();
        ConcurrentDictionary<int, int> items = [], held = [];
        server.Refuse = (number, count) =>
        {
            items[number] = count;
            return null;
        };
        server.BeforeAnswer = number =>
        {
            if (number == 0 || killed.Task.IsCompleted) return Task.CompletedTask;
            held[number] = items[number];
            return killed.Task;
        };
        double samples;
        await using (ExporterProcess exporter = await StartAsync(server.Url))
        {
            await ReplayAsync(exporter);
            Dictionary<string, double> metrics = await exporter.WaitForAsync(metrics => metrics[Spooled] > 0 && !held.IsEmpty);
            samples = metrics[FlowSamples];
            // The memory is noted every second.
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            // Disposal ends the program by SIGKILL.
        }
        int accepted = held.Values.Sum();
        killed.SetResult();
        await using ExporterProcess second = await StartAsync(server.Url);
        Dictionary<string, double> settled = await second.WaitForAsync(metrics => metrics[Queued] == 0);
        // Of the records in memory that the start names, the server had accepted some.
        Assert.Equal(samples, server.Documents.Count + settled[Named] - accepted);
        Assert.True(settled[Named] >= accepted, $"{settled[Named]} named, {accepted} accepted");
        Assert.Equal(0, settled["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"already_there\"}"]);
        Assert.Contains(second.Log, line => line.Contains(string.Create(CultureInfo.InvariantCulture, $"Its memory held {settled[Named]} records"), StringComparison.Ordinal));
        Assert.Empty(server.Violations);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples} samples: {server.Documents.Count} stored, {settled[Named]} named, of which {accepted} were on their way and stored"));
        Assert.Equal(0, await second.StopAsync());
    }

    /// <summary>Both programs are killed under load, the server first; both come back.</summary>
    [Fact]
    public async Task Requests_that_the_server_takes_with_it()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        double samples, onDisk;
        await using (ExporterProcess exporter = await StartAsync(server.Address.ToString()))
        {
            using Process replay = Process.Start(new ProcessStartInfo(
                ExporterProcess.Path, ["replay", Path.Combine(Captures, "ovn-s1-cross.pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "300", "--loop"])
            {
                RedirectStandardError = true, UseShellExecute = false,
            })!;
            try
            {
                await exporter.WaitForAsync(metrics => metrics["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"written\"}"] > 5_000);
                await server.KillAsync();
                await exporter.WaitForAsync(metrics => metrics[Spooled] > 5_000);
                // The server comes back and dies again while the spool is sent.
                await server.RestartAsync();
                await exporter.WaitForAsync(metrics => metrics["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"written\"}"] > 20_000);
                await server.KillAsync();
                await exporter.WaitForAsync(metrics => metrics[Spooled] > 1_000);
            }
            finally
            {
                replay.Kill();
                await replay.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
            // Nothing arrives any more, and the memory is noted every second.
            await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
            Dictionary<string, double> metrics = await exporter.MetricsAsync();
            (samples, onDisk) = (metrics[FlowSamples], metrics[Spooled]);
            Assert.Equal(0, metrics.Where(metric => metric.Key.StartsWith("sflow_exporter_records_lost_total{", StringComparison.Ordinal)).Sum(metric => metric.Value));
        }
        await server.RestartAsync();
        await using ExporterProcess second = await StartAsync(server.Address.ToString());
        Dictionary<string, double> settled = await second.WaitForAsync(metrics => metrics[Queued] == 0);
        JsonNode found = await server.SearchAsync(Stream, """{ "size": 0, "track_total_hits": true }""");
        double stored = found["hits"]!["total"]!["value"]!.GetValue<double>(), missing = samples - stored;
        // In one index, an id is unique. What is missing was in memory; of that, the server may have taken some before it was killed.
        Assert.Single((await server.AskAsync(HttpMethod.Get, $"/_data_stream/{Stream}"))["data_streams"]![0]!["indices"]!.AsArray());
        Assert.InRange(missing, 0, settled[Named]);
        Assert.Equal(onDisk, settled["sflow_exporter_spool_restored_records"]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples} samples, {onDisk} in the spool at the kill: {stored} stored, {missing} missing, {settled[Named]} named"));
        Assert.Equal(0, await second.StopAsync());
    }

    private Task<ExporterProcess> StartAsync(string url) => ExporterProcess.StartAsync(
        "run", "--inventory", Path.Combine(Captures, "ovn-s1-cross.inventory.json"), "--store", "false", "--elasticsearch", url, "--elasticsearch-spool", folder,
        "--elasticsearch-flush", "500ms", "--elasticsearch-bulk-bytes", "256KiB");

    private static async Task ReplayAsync(ExporterProcess exporter)
    {
        (int exitCode, _, string errors) = await ExporterProcess.RunAsync("replay", Path.Combine(Captures, "ovn-s1-cross.pcap"), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "50");
        Assert.True(exitCode == 0, errors);
    }
}
