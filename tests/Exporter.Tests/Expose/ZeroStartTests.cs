using SFlow.Exporter.Agents;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Expose;

public sealed class ZeroStartTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_new_series_is_zero_once_for_each_Prometheus_and_true_for_everybody_else()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        await exporter.ScrapeAsync("one");
        exporter.Flows.Add("a", "b", "c", new FlowTotals(1_000, 10, 1), exporter.Now);

        Assert.Equal(0, Bytes(await exporter.ScrapeAsync("one")));
        Assert.Equal(1_000, Bytes(await exporter.ScrapeAsync()));
        Assert.Equal(1_000, Bytes(await exporter.ScrapeAsync("one")));
        Assert.Equal(0, Bytes(await exporter.ScrapeAsync("two")));
        Assert.Equal(1_000, Bytes(await exporter.ScrapeAsync()));
        Assert.Equal(1_000, Bytes(await exporter.ScrapeAsync("two")));
    }

    [Fact]
    public async Task The_variance_of_a_new_series_starts_with_zero_as_its_bytes_do()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        await exporter.ScrapeAsync("one");
        exporter.Flows.Add("a", "b", "c", new FlowTotals(1_000, 10, 1, 9e9, 70), exporter.Now);
        Exposition first = await exporter.ScrapeAsync("one"), everybody = await exporter.ScrapeAsync(), second = await exporter.ScrapeAsync("one");

        foreach ((string metric, double value) in (ReadOnlySpan<(string, double)>)[("sflow_flow_bytes_variance_total", 9e9), ("sflow_flow_packets_variance_total", 70)])
            Assert.Equal([0, value, value], new[] { first, everybody, second }.Select(exposed => exposed[metric, ("source_namespace", "a")]!.Value));
    }

    [Fact]
    public async Task A_Prometheus_that_comes_late_sees_old_series_with_their_value_at_once()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        exporter.Flows.Add("a", "b", "c", new FlowTotals(1_000, 10, 1), exporter.Now);
        exporter.AddAgent("10.128.0.2").Datagrams = 70;
        exporter.Skip(StructureKind.Sample, 9, 9, 30);
        time.Pass(301);
        Exposition first = await exporter.ScrapeAsync("late");

        Assert.Equal(1_000, Bytes(first));
        Assert.Equal(70, first["sflow_agent_datagrams_total"]);
        Assert.Equal(30, first["sflow_exporter_structures_skipped_total", ("structure", "9:9")]);
    }

    [Fact]
    public async Task Agents_and_skipped_structures_start_with_zero_too()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        Agent agent = exporter.AddAgent("10.128.0.2");
        agent.Datagrams = 5;
        agent.Lost = 2;
        exporter.Skip(StructureKind.Sample, 0, 5, 8);
        Exposition first = await exporter.ScrapeAsync("one"), everybody = await exporter.ScrapeAsync(), second = await exporter.ScrapeAsync("one");

        Assert.Equal([0, 5, 5], new[] { first, everybody, second }.Select(exposed => exposed["sflow_agent_datagrams_total"]!.Value));
        Assert.Equal([0, 2, 2], new[] { first, everybody, second }.Select(exposed => exposed["sflow_agent_datagrams_lost_total"]!.Value));
        Assert.Equal([0, 8, 8], new[] { first, everybody, second }.Select(exposed => exposed["sflow_exporter_structures_skipped_total", ("structure", "0:5")]!.Value));
    }

    [Fact]
    public async Task No_counter_ever_falls_however_many_scrapers_come()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        Dictionary<(string Scraper, string Series), double> last = [];
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            time.Pass(random.Next(1, 40));
            exporter.Flows.Add($"a{round}", "b", "c", new FlowTotals(1_000, 10, 1), exporter.Now);
            for (int scraper = 0; scraper < 12; scraper++)
            {
                if (random.Next(3) == 0) continue;
                Exposition exposed = await exporter.ScrapeAsync($"scraper {scraper}");
                foreach (var sample in exposed.Samples.Where(sample => sample.Name == "sflow_flow_bytes_total"))
                {
                    (string, string) key = ($"scraper {scraper}", sample.Labels["source_namespace"]);
                    Assert.True(sample.Value >= last.GetValueOrDefault(key), $"{key} fell from {last.GetValueOrDefault(key)} to {sample.Value} in round {round}");
                    last[key] = sample.Value;
                }
            }
        }
    }

    [Fact]
    public async Task A_ninth_Prometheus_takes_the_place_of_one_that_fell_silent()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        for (int scraper = 0; scraper < 8; scraper++) await exporter.ScrapeAsync($"scraper {scraper}");
        exporter.Flows.Add("a", "b", "c", new FlowTotals(1_000, 10, 1), exporter.Now);
        double? whileAllAreBusy = Bytes(await exporter.ScrapeAsync("ninth"));
        time.Pass(400);
        exporter.Flows.Add("d", "e", "f", new FlowTotals(2_000, 10, 1), exporter.Now);
        Exposition admitted = await exporter.ScrapeAsync("ninth");

        Assert.Equal(1_000, whileAllAreBusy);
        Assert.Equal(1_000, Bytes(admitted));
        Assert.Equal(0, admitted["sflow_flow_bytes_total", ("source_namespace", "d")]);
    }

    private static double? Bytes(Exposition exposed) => exposed["sflow_flow_bytes_total", ("source_namespace", "a")];
}
