using System.Globalization;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>The families by OTLP, at a real collector: the same sums as <c>/metrics</c>.</summary>
public sealed class OtlpTests(ITestOutputHelper output)
{
    private static readonly string[] Bytes = ["sflow_namespace_pair_bytes", "sflow_flow_bytes", "sflow_acknowledged_bytes", "sflow_locality_bytes", "sflow_node_bytes", "sflow_backend_bytes", "sflow_external_bytes"];

    [Theory]
    [InlineData("http/protobuf"), InlineData("grpc")]
    public async Task Sums_at_the_collector_equal_those_of_the_metrics(string protocol)
    {
        await using OtelCollector collector = await OtelCollector.StartAsync();
        int port = protocol == "grpc" ? collector.GrpcPort : collector.HttpPort;
        await using ExporterProcess exporter = await StartAsync($"http://127.0.0.1:{port}", protocol);
        await ReplayAsync(exporter);
        await EqualAsync(collector, exporter, output);
        (_, Dictionary<string, string> resource) = collector.Read("sflow_flow_bytes");
        Assert.Equal("sflow-exporter", resource["service.name"]);
        Assert.NotEmpty(resource["service.instance.id"]);
        Dictionary<string, double> metrics = await exporter.MetricsAsync();
        Assert.Equal(1, metrics["sflow_exporter_sink_up{sink=\"otlp\"}"]);
        Assert.True(metrics["sflow_exporter_sink_requests_total{sink=\"otlp\"}"] >= 1);
    }

    [Fact]
    public async Task Sums_stay_equal_when_series_lose_their_places()
    {
        await using OtelCollector collector = await OtelCollector.StartAsync();
        await using ExporterProcess exporter = await StartAsync(
            $"http://127.0.0.1:{collector.HttpPort}", "http/protobuf", "--series-limits", "namespace_pair=6,flow=6,locality=6,node=5", "--series-idle", "2s");
        for (int round = 0; round < 4; round++)
        {
            await ReplayAsync(exporter);
            await Task.Delay(3_000);
        }
        Dictionary<string, double> metrics = await EqualAsync(collector, exporter, output);
        Assert.True(metrics["sflow_exporter_expired_total{family=\"sflow_flow\"}"] >= 8, "series must have come and gone");
    }

    [Fact]
    public async Task Prometheus_receives_the_names_and_sums_that_it_would_scrape()
    {
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(new Uri("http://127.0.0.1:9"));
        await using ExporterProcess exporter = await StartAsync(new Uri(prometheus.Address, "/api/v1/otlp").ToString(), "http/protobuf");
        await ReplayAsync(exporter);
        Dictionary<string, double> metrics = await exporter.MetricsAsync();
        foreach (string metric in (string[])["sflow_flow_bytes", "sflow_flow_packets", "sflow_flow_samples", "sflow_locality_bytes", "sflow_node_packets"])
        {
            double shown = (double)Sum(metrics, metric);
            await prometheus.WaitForAsync($"sum({metric}_total{{job=\"sflow-exporter\"}})", answer => answer is [{ Value: var value }] && value == shown);
        }
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_a_sink_that_is_down_and_nothing_else_suffers()
    {
        await using ExporterProcess exporter = await StartAsync("http://127.0.0.1:9", "http/protobuf");
        await ReplayAsync(exporter);
        Dictionary<string, double> metrics = await exporter.WaitForAsync(now => now["sflow_exporter_sink_requests_total{sink=\"otlp\"}"] >= 2);
        Assert.Equal(0, metrics["sflow_exporter_sink_up{sink=\"otlp\"}"]);
        Assert.Contains(exporter.Log, line => line.Contains("OTLP export to http://127.0.0.1:9/v1/metrics failed", StringComparison.Ordinal));
    }

    private static Task<ExporterProcess> StartAsync(string endpoint, string protocol, params string[] more) => ExporterProcess.StartAsync(
        "run", ["--otlp", "true", "--otlp-endpoint", endpoint, "--otlp-protocol", protocol, "--otlp-interval", "1s", "--inventory", Capture("ovn-s1-same.inventory.json"), .. more]);

    private static async Task ReplayAsync(ExporterProcess exporter)
    {
        foreach (string capture in new[] { "ovn-s1-same.pcap", "ovn-s1-svc.pcap", "ovn-s1-ext.pcap" })
        {
            (int code, _, string errors) = await ExporterProcess.RunAsync("replay", Capture(capture), "--to", $"127.0.0.1:{exporter.Port}", "--rate", "500");
            Assert.True(code == 0, errors);
        }
    }

    /// <summary>Waits until the traffic is over and exported, and compares each family.</summary>
    private static async Task<Dictionary<string, double>> EqualAsync(OtelCollector collector, ExporterProcess exporter, ITestOutputHelper output)
    {
        for (int attempt = 0; ; attempt++)
        {
            Dictionary<string, double> metrics = await exporter.MetricsAsync();
            (string Metric, decimal Sent, decimal Shown)[] sums = [.. Bytes.Select(metric => (metric, collector.Read(metric).Series.Values.Sum(), Sum(metrics, metric)))];
            if (sums.All(sum => sum.Sent == sum.Shown) && sums[0].Sent > 0)
            {
                output.WriteLine(string.Join(", ", sums.Select(sum => $"{sum.Metric} {sum.Sent}")));
                return metrics;
            }
            Assert.True(attempt < 60, string.Join(", ", sums));
            await Task.Delay(500);
        }
    }

    private static decimal Sum(Dictionary<string, double> metrics, string metric) =>
        metrics.Where(pair => pair.Key.StartsWith(metric + "_total{", StringComparison.Ordinal)).Sum(pair => decimal.Parse(pair.Value.ToString("F0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Capture(string file) => Path.Combine(SharedFolder.Repository, "tests", "captures", file);
}
