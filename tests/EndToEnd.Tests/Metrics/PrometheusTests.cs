using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>What a real Prometheus makes of the exposition.</summary>
public sealed class PrometheusTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/openmetrics-text;version=1.0.0")]
    public async Task Promtool_finds_nothing_to_say_about_the_metrics(string accept)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        SampleTraffic.Add(exporter, rows: 300);
        exporter.Flows.Add("hostile \"\\\n}{", "b", "c", new FlowTotals(ulong.MaxValue, 1, 1), 0);
        Exposition exposed = await exporter.ScrapeAsync(accept: accept);
        // promtool reads text 0.0.4 only; OpenMetrics is checked as a Prometheus that stores every sample of it.
        if (accept == "text/plain")
        {
            (int exitCode, string said) = await PrometheusServer.PromtoolAsync(exposed.Text, "check", "metrics");
            Assert.Equal((0, ""), (exitCode, said));
        }
        else
        {
            await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
            await prometheus.WaitForAsync("scrape_samples_scraped", answer => answer is [{ Value: var samples }] && (int)samples == exposed.Samples.Count);
            Assert.Equal(1, (await prometheus.QueryAsync("up")).Single().Value);
        }
    }

    [Fact]
    public async Task Increase_sees_the_first_bytes_of_a_series_that_appears_with_them()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
        await prometheus.WaitForAsync("up", answer => answer is [{ Value: 1 }]);

        exporter.Flows.Add("shop", "bank", "bank/api:https", new FlowTotals(123_456_789, 1_000, 10), exporter.Now);
        const string series = "sflow_flow_bytes_total{source_namespace=\"shop\"}";
        await prometheus.WaitForAsync(series, answer => answer is [{ Value: 123_456_789 }]);
        await Task.Delay(5_000);
        IReadOnlyList<double> stored = await prometheus.StoredAsync(series);
        double increase = (await prometheus.QueryAsync($"increase({series}[10s])")).Single().Value;

        Assert.Equal(0, stored[0]);
        Assert.Equal(123_456_789, stored[^1] - stored[0]);
        Assert.InRange(increase / 123_456_789, 0.99, 1.25);
        Assert.Equal(123_456_789, (await exporter.ScrapeAsync()).All("sflow_flow_bytes_total", ("source_namespace", "shop")).Single());
    }

    [Fact]
    public async Task A_Prometheus_that_lost_its_memory_sees_no_sudden_increase_of_old_series()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        exporter.Flows.Add("shop", "bank", "bank/api:https", new FlowTotals(123_456_789, 1_000, 10), exporter.Now - (6L * 60 * 1_000_000_000));
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
        const string series = "sflow_flow_bytes_total{source_namespace=\"shop\"}";
        await prometheus.WaitForAsync($"count_over_time({series}[1m])", answer => answer is [{ Value: >= 3 }]);

        Assert.All(await prometheus.StoredAsync(series), value => Assert.Equal(123_456_789, value));
    }
}
