using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>What a real Prometheus makes of series that come and go: the sum is the total at every scrape, and no byte increases a counter twice.</summary>
public sealed class ChurnTests(ITestOutputHelper output)
{
    private const string Family = "sflow_namespace_pair_bytes_total";

    [Fact]
    public async Task The_sum_is_the_total_and_its_increase_counts_each_byte_once()
    {
        await using ExporterProcess exporter = await ExporterProcess.StartAsync(
            "run", "--inventory", Capture("ovn-s1-same.inventory.json"), "--series-limits", "namespace_pair=5", "--series-idle", "3s");
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
        await prometheus.WaitForAsync("up", answer => answer is [{ Value: 1 }]);
        for (int round = 0; round < 5; round++)
        {
            foreach (string capture in new[] { "ovn-s1-same.pcap", "ovn-s1-svc.pcap", "ovn-s1-ext.pcap" })
                Assert.Equal(0, (await ExporterProcess.RunAsync("replay", Capture(capture), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "200")).ExitCode);
            await Task.Delay(5_000);
        }
        Dictionary<string, double> metrics = await exporter.MetricsAsync();
        double total = Sum(metrics, Family), flows = Sum(metrics, "sflow_flow_bytes_total"), localities = Sum(metrics, "sflow_locality_bytes_total"), nodes = Sum(metrics, "sflow_node_bytes_total");
        Assert.Equal((total, total, total), (flows, localities, nodes));
        Assert.True(metrics["sflow_exporter_expired_total{family=\"sflow_namespace_pair\"}"] >= 8, "series must have come and gone");
        await prometheus.WaitForAsync($"sum({Family})", answer => answer is [{ Value: var sum }] && sum == total);

        Assert.Equal(0, (await prometheus.QueryAsync($"max_over_time((sum({Family}) - sum({Family} offset 1s) < bool 0)[10m:1s])")).Single().Value);
        double increase = (await prometheus.QueryAsync($"sum(increase({Family}[10m]))")).Single().Value;
        double former = (await prometheus.QueryAsync($"sum(increase({Family}{{destination_namespace=~\"__former_.*\"}}[10m]))")).Single().Value;
        output.WriteLine($"{total} bytes, increase {increase}, of that former series {former}");
        // Prometheus extrapolates; had moved counts jumped into __other__, the increase would be about twice the total.
        Assert.InRange(increase / total, 0.6, 1.35);
        Assert.InRange(former / total, 0, 0.05);
    }

    private static double Sum(Dictionary<string, double> metrics, string metric) =>
        metrics.Where(pair => pair.Key.StartsWith(metric + "{", StringComparison.Ordinal)).Sum(pair => pair.Value);

    private static string Capture(string file) => Path.Combine(SharedFolder.Repository, "tests", "captures", file);
}
