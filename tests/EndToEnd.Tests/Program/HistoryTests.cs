using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.History;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>The history of a program that is stopped, started again and killed, against its own counters.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private static readonly string Capture = Path.Combine(SharedFolder.Repository, "tests", "captures", "ovn-s1-svc");

    [Fact]
    public async Task A_stop_loses_nothing_and_a_kill_at_most_the_open_minute()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-history-");
        try
        {
            await using (ExporterProcess exporter = await StartAsync(folder.FullName))
            {
                double bytes = await ReplayAsync(exporter);
                Assert.Equal(0, await exporter.StopAsync());
                Assert.Equal(bytes, Bytes(folder.FullName));
                output.WriteLine($"after SIGTERM: {bytes} bytes, as counted");
            }
            double before = Bytes(folder.FullName);
            await using (ExporterProcess exporter = await StartAsync(folder.FullName))
            {
                double bytes = await ReplayAsync(exporter);
                double written = (await exporter.MetricsAsync())["sflow_exporter_history_last_written_timestamp_seconds"];
                await exporter.WaitForAsync(metrics => metrics["sflow_exporter_history_last_written_timestamp_seconds"] > written, TimeSpan.FromSeconds(90));
                await exporter.KillAsync();
                Assert.Equal(before + bytes, Bytes(folder.FullName));
            }
            before = Bytes(folder.FullName);
            await using (ExporterProcess exporter = await StartAsync(folder.FullName))
            {
                double bytes = await ReplayAsync(exporter);
                await exporter.KillAsync();
                Assert.InRange(Bytes(folder.FullName), before, before + bytes);
                output.WriteLine($"after SIGKILL: {Bytes(folder.FullName)} bytes of {before + bytes} counted");
            }
            await using ExporterProcess last = await StartAsync(folder.FullName);
            Assert.Equal(0, await last.StopAsync());
            Assert.InRange(Bytes(folder.FullName), before, double.MaxValue);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<ExporterProcess> StartAsync(string folder) =>
        ExporterProcess.StartByAsync(ExporterProcess.Path, "run", "--port", "0", "--http-port", "0", "--data", folder, "--inventory", Capture + ".inventory.json");

    /// <summary>Plays the capture as fast as a node sends, and returns the bytes that the program has counted since it started.</summary>
    private static async Task<double> ReplayAsync(ExporterProcess exporter)
    {
        (int code, _, string errors) = await ExporterProcess.RunAsync("replay", Capture + ".pcap", "--to", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{exporter.Port}"));
        Assert.True(code == 0, errors);
        double last = -1;
        for (int still = 0; still < 10;)
        {
            double now = Sum(await exporter.MetricsAsync());
            still = now == last && now > 0 ? still + 1 : 0;
            last = now;
            await Task.Delay(50);
        }
        return last;
    }

    private static double Sum(Dictionary<string, double> metrics) =>
        metrics.Where(metric => metric.Key.StartsWith("sflow_flow_bytes_total{", StringComparison.Ordinal)).Sum(metric => metric.Value);

    private static double Bytes(string folder)
    {
        using RecordStore store = new(new StoreOptions { Folder = folder }, new Registries(), new StoreStats(), TimeProvider.System, NullLogger<RecordStore>.Instance);
        double[] sums = [.. HistoryResolutions.All.Select(resolution =>
        {
            using IHistorySnapshot snapshot = new HistoryReader(store).Open();
            Total total = new();
            snapshot.Scan(resolution, 0, long.MaxValue, total, CancellationToken.None);
            return total.Bytes;
        })];
        Assert.Single(sums.Distinct());
        return sums[0];
    }

    private sealed class Total : IHistoryVisitor
    {
        public double Bytes { get; private set; }

        public void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows)
        {
            Bytes += window.Unnamed.Bytes;
            foreach (ref readonly HistoryRow row in rows) Bytes += row.Sums.Bytes;
        }
    }
}
