using System.Net;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Web;

namespace SFlow.Exporter.Tests.Metrics;

public sealed class ZeroInitializationTests
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
    public async Task Every_family_s_new_rows_start_with_zero_for_each_Prometheus_whoever_reads_between()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        string[] readers = ["one", "two", "three"];
        for (int round = 0; round < 4; round++)
        {
            foreach (FakeFamily family in exporter.Families) family.Add([.. family.Labels.Select(label => $"{label} {round}")], new FlowTotals(1_000, 10, 1, 9e9, 70), exporter.Now);
            foreach (string reader in readers)
            {
                Exposition first = await exporter.ScrapeAsync(reader);
                Exposition everybody = await exporter.ScrapeAsync(), second = await exporter.ScrapeAsync(reader);
                foreach (FakeFamily family in exporter.Families)
                {
                    foreach (FamilyColumn column in family.Columns)
                    {
                        double value = family.Rows[^1].Totals[column.Figure];
                        double?[] seen = [.. new[] { first, everybody, second }.Select(exposed => exposed[$"{family.Name}_{column.Name}_total", (family.Labels[0], $"{family.Labels[0]} {round}")])];
                        Assert.Equal([0, value, value], seen);
                    }
                }
            }
            time.Pass(15);
        }
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
    public async Task Forged_scrapers_take_no_zero_from_a_Prometheus_that_comes_regularly()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        await exporter.ScrapeAsync("Prometheus/3.5.0");
        time.Pass(15);
        await exporter.ScrapeAsync("Prometheus/3.5.0");
        for (int forged = 0; forged < 300; forged++) await exporter.ScrapeAsync($"forged {forged}");
        exporter.Flows.Add("a", "b", "c", new FlowTotals(1_000, 10, 1), exporter.Now);
        await exporter.ScrapeAsync("forged 1");
        await exporter.ScrapeAsync("newcomer");

        Assert.Equal(0, Bytes(await exporter.ScrapeAsync("Prometheus/3.5.0")));
        Assert.Equal(1_000, Bytes(await exporter.ScrapeAsync("Prometheus/3.5.0")));
    }

    [Fact]
    public void The_address_that_claims_most_readers_loses_one_and_its_successor_sees_no_value_fall()
    {
        ScrapeClients readers = new(time);
        MetricReader real = new(IPAddress.Parse("10.131.0.9"), "Prometheus/3.5.0");
        readers.Delivered(real, new Dictionary<object, object?>(), 3);
        for (int forged = 0; forged < ScrapeClients.Maximum + 50; forged++)
            readers.Delivered(new MetricReader(IPAddress.Parse("10.128.4.4"), $"forged {forged}"), new Dictionary<object, object?>(), 7);

        Assert.Equal(3, readers.Watermark(real, new Dictionary<object, object?>()));
        Assert.Equal(7, readers.Watermark(new MetricReader(IPAddress.Parse("10.128.4.4"), "new"), new Dictionary<object, object?>()));
    }

    [Fact]
    public void Two_connections_of_one_reader_have_a_watermark_each_and_a_third_begins_at_the_higher()
    {
        ScrapeClients readers = new(time);
        MetricReader reader = new(IPAddress.Loopback, "Prometheus/3.5.0");
        Dictionary<object, object?> first = [], second = [];
        readers.Delivered(reader, first, 4);
        readers.Delivered(reader, second, 9);

        Assert.Equal(4, readers.Watermark(reader, first));
        Assert.Equal(9, readers.Watermark(reader, second));
        Assert.Equal(9, readers.Watermark(reader, new Dictionary<object, object?>()));
    }

    private static double? Bytes(Exposition exposed) => exposed["sflow_flow_bytes_total", ("source_namespace", "a")];
}
