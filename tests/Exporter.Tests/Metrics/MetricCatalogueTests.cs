using SFlow.Exporter.Agents;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Agents;
using SFlow.Exporter.Web;

namespace SFlow.Exporter.Tests.Metrics;

public sealed class MetricCatalogueTests
{
    private static readonly IReadOnlyList<MetricDefinition> All = MetricCatalogue.All(FakeFamily.All());

    [Fact]
    public async Task Everything_that_is_exposed_is_in_the_catalogue_and_the_other_way_round()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        Fill(exporter);
        Exposition exposed = await exporter.ScrapeAsync();

        Assert.Equal(All.Select(metric => metric.Name).Order(), exposed.Types.Keys.Order());
        foreach (MetricDefinition metric in All)
        {
            Assert.Equal(metric.Type.ToString().ToLowerInvariant(), exposed.Types[metric.Name]);
            Assert.Equal(metric.Help, exposed.Helps[metric.Name]);
            var samples = exposed.Samples.Where(sample => sample.Name == metric.Name).ToList();
            Assert.NotEmpty(samples);
            Assert.All(samples, sample => Assert.Equal(metric.Labels, sample.Labels.Keys));
        }
    }

    [Fact]
    public void Names_and_labels_keep_the_rules_of_Prometheus_and_of_user_workload_monitoring()
    {
        string[] owned = ["namespace", "pod", "service", "container", "endpoint", "job", "instance", "node", "cluster", "region", "zone", "env", "type"];
        Assert.All(All, metric =>
        {
            Assert.Matches("^(sflow_(namespace_pair|flow|acknowledged|locality|workload|node|backend|external|agent|exporter|ovs|interface)_[a-z_]+|sflow_agents(_expected)?|(process|dotnet)_[a-z_]+)$", metric.Name);
            Assert.Equal(metric.Type == MetricType.Counter, metric.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.EndsWith(".", metric.Help, StringComparison.Ordinal);
            Assert.Empty(metric.Labels.Intersect(owned));
            Assert.All(metric.Labels, label => Assert.Matches("^[a-z]+(_[a-z]+)*$", label));
        });
        Assert.Equal(All.Count, All.Select(metric => metric.Name).Distinct().Count());
    }

    [Fact]
    public async Task Closed_label_sets_exist_at_zero_before_the_first_datagram()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        Exposition exposed = await exporter.ScrapeAsync();

        AssertSame(
            ["agent_not_allowed", "absurd_count", "bad_agent_address", "bad_version", "duplicate", "empty", "kernel", "not_sflow", "too_long", "too_many_agents", "version2", "version4"],
            Values("sflow_exporter_datagrams_dropped_total", "reason"));
        Assert.Equal(Enum.GetNames<DatagramOutcome>().Length, Values("sflow_exporter_datagrams_total", "status").Count);
        AssertSame(["none", "source", "destination", "fallback", "outside", "own", "packet_out"], Values("sflow_exporter_samples_total", "observation"));
        AssertSame(
            ["zero_sampling_rate", "sampling_rate_too_high", "stripped_above_frame_length", "frame_too_long", "no_sampled_header", "sampling_rate_jump", "bandwidth_too_high"],
            Values("sflow_exporter_samples_not_counted_total", "reason"));
        AssertSame(["written", "already_there", "rolled_up"], Values("sflow_exporter_records_total", "outcome"));
        AssertSame(["queue_full", "write_failed", "rejected", "shutdown", "store_deleted", "store_damaged", "spool_full", "spool_expired", "spool_damaged", "spool_deleted"], Values("sflow_exporter_records_lost_total", "reason"));
        AssertSame(["created", "already_there", "too_many_requests", "server_error", "refused", "unclear", "rejected"], Values("sflow_exporter_elasticsearch_items_total", "outcome"));
        AssertSame(["limit", "write_failed"], Values("sflow_exporter_dead_letters_lost_total", "reason"));

        List<string> Values(string name, string label)
        {
            Assert.All(exposed.All(name), value => Assert.Equal(0, value));
            return [.. exposed.Samples.Where(sample => sample.Name == name).Select(sample => sample.Labels[label])];
        }
    }

    [Fact]
    [Trait(GeneratedPage.Trait, GeneratedPage.Docs)]
    public void The_page_of_metrics_in_the_documentation_is_the_catalogue() => GeneratedPage.Check("metrics.md", MetricsPage.Write());

    /// <summary>One of everything, so that each metric has a sample.</summary>
    private static void Fill(FakeExporter exporter)
    {
        Agent agent = exporter.AddAgent("10.128.0.2", node: "worker-1");
        agent.SamplingRate = 400;
        exporter.Calibrate(agent, exporter.Now, samples: 40);
        CounterWire wire = new(exporter.Agents, exporter.Registries, exporter.Now);
        for (int second = 0; second <= 30; second += 30)
        {
            wire.Ovs(second, [1, 2, 3, 4, 5, 6], memory: 7, sender: "10.128.0.2");
            wire.Interface(second, 8, "veth8", 1, 1, sender: "10.128.0.2");
        }
        exporter.Skip(StructureKind.CounterRecord, 0, 1004, 7);
    }

    private static void AssertSame(string[] expected, List<string> found) => Assert.Equal(expected.Order(), found.Order());
}
