using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Agents;

namespace SFlow.Exporter.Tests.Metrics;

/// <summary>Metrics of the counters of agents: labels, limits, and what becomes of series whose interface or agent is gone.</summary>
public sealed class CounterMetricsTests
{
    private const string Bytes = "sflow_interface_bytes_total";

    private readonly ManualTime time = new();

    [Fact]
    public async Task Counters_of_the_switch_carry_the_labels_of_its_agent_and_start_at_zero()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        CounterWire wire = Wire(exporter);
        await exporter.ScrapeAsync("one");
        wire.Ovs(0, [1_000, 100, 10, 5_000, 40, 4], user: 2_000, system: 1_000, memory: 1 << 24, subAgent: 3);
        wire[CounterWire.Agent, 3].BelongTo(exporter.Registries.Nodes.Intern("worker-1", null, exporter.Now));
        wire.Ovs(30, [1_700, 150, 12, 9_000, 30, 3], user: 2_500, system: 1_250, memory: 1 << 25, subAgent: 3);

        Exposition first = await exporter.ScrapeAsync("one"), exposed = await exporter.ScrapeAsync("one");
        (string, string)[] agent = [("agent", CounterWire.Agent), ("sub_agent", "3"), ("observer_node", "worker-1")];
        Assert.Equal((0.0, 30.0), (first["sflow_ovs_datapath_hits_total", agent], first["sflow_ovs_datapath_flows", agent]));
        Assert.Equal(
            [700.0, 50, 2, 4_000, 30, 3, 1 << 25],
            new[] { "hits_total", "misses_total", "lost_total", "mask_hits_total", "flows", "masks" }.Select(name => exposed["sflow_ovs_datapath_" + name, agent]!.Value)
                .Append(exposed["sflow_ovs_vswitchd_peak_memory_bytes", agent]!.Value));
        Assert.Equal((0.5, 0.25), (exposed["sflow_ovs_vswitchd_cpu_seconds_total", ("mode", "user")], exposed["sflow_ovs_vswitchd_cpu_seconds_total", ("mode", "system")]));
    }

    [Fact]
    public async Task Interfaces_beyond_the_limit_are_summed_and_the_sum_is_the_total()
    {
        await using FakeExporter exporter = await new FakeExporter(time, new AgentOptions { InterfaceMetrics = true, MaximumInterfaces = 3 }).StartAsync();
        CounterWire wire = Wire(exporter);
        ulong[] sent = new ulong[8];
        Random random = new(11);
        double others = 0;
        for (int second = 0; second <= 300; second += 30, time.Pass(30))
        {
            for (uint i = 0; i < sent.Length; i++)
            {
                sent[i] += second == 0 ? 1_000_000 : (ulong)random.Next(1 << 20);
                wire.Interface(second, i % 4 + 1, $"veth{i % 4}", sent[i], 0, agent: i < 4 ? "10.128.0.2" : "10.128.2.2");
            }
            Exposition each = await exporter.ScrapeAsync();
            Assert.Equal(sent.Sum(bytes => (double)bytes) - 8e6, each.All(Bytes, ("direction", "in")).Sum());
            Assert.InRange(each[Bytes, ("direction", "in"), ("interface", "__other__")]!.Value, others, double.MaxValue);
            others = each[Bytes, ("direction", "in"), ("interface", "__other__")]!.Value;
        }
        Exposition exposed = await exporter.ScrapeAsync();
        Assert.Equal(4, exposed.All(Bytes, ("direction", "in")).Count);
        Assert.Equal((4.0, 4.0, 5 * 11.0), (exposed["sflow_exporter_series", ("family", "sflow_interface")], exposed["sflow_exporter_series_limit", ("family", "sflow_interface")], exposed["sflow_exporter_folded_total", ("family", "sflow_interface")]));
    }

    [Fact]
    public async Task An_interface_that_is_silent_leaves_and_another_one_gets_its_place()
    {
        await using FakeExporter exporter = await new FakeExporter(time, new AgentOptions { InterfaceMetrics = true, MaximumInterfaces = 1 }).StartAsync();
        CounterWire wire = Wire(exporter);
        for (int second = 0; second <= 60; second += 30) wire.Interface(second, 1, "gone", (ulong)second * 100, 0);
        for (int second = 60; second <= 900; second += 30) wire.Interface(second, 2, "stays", (ulong)second * 1_000, 0);
        time.Pass(900);
        Exposition exposed = await exporter.ScrapeAsync();
        Assert.Empty(exposed.All(Bytes, ("interface", "gone")));
        // The first ten minutes of the other one are part of __other__.
        double own = exposed[Bytes, ("direction", "in"), ("interface", "stays")]!.Value;
        Assert.InRange(own, 150_000, 300_000);
        Assert.Equal(840_000, own + exposed[Bytes, ("direction", "in"), ("interface", "__other__")]!.Value);
        Assert.Equal((1, 1), (exporter.Agents.Interfaces.Taken, exporter.Agents.Interfaces.Followed.Taken));

        wire.Interface(930, 1, "gone", 50_000, 0);
        wire.Interface(960, 1, "gone", 50_007, 0);
        Exposition again = await exporter.ScrapeAsync();
        Assert.Equal(840_000 + 7 - own, again[Bytes, ("direction", "in"), ("interface", "__other__")]!.Value);
    }

    [Fact]
    public async Task An_interface_that_returned_between_two_scrapes_is_shown_anew()
    {
        await using FakeExporter exporter = await new FakeExporter(time).StartAsync();
        CounterWire wire = Wire(exporter);
        wire.Interface(0, 1, "veth1", 0, 0);
        wire.Interface(30, 1, "veth1", 5_000, 0);
        time.Pass(30);
        Assert.Equal(5_000, (await exporter.ScrapeAsync())[Bytes, ("direction", "in"), ("interface", "veth1")]);
        wire.Interface(800, 1, "veth1", 5_100, 0);
        wire.Interface(830, 1, "veth1", 5_103, 0);
        time.Pass(800);
        Exposition exposed = await exporter.ScrapeAsync();
        Assert.Equal(3, exposed[Bytes, ("direction", "in"), ("interface", "veth1")]);
    }

    [Fact]
    public async Task Series_leave_with_their_agent()
    {
        await using FakeExporter exporter = await new FakeExporter(time, new AgentOptions { InterfaceMetrics = true, Maximum = 1 }).StartAsync();
        CounterWire wire = Wire(exporter);
        for (int second = 0; second <= 30; second += 30)
        {
            wire.Ovs(second, [(uint)second, 0, 0, 0, 0, 0]);
            wire.Interface(second, 1, "veth1", (ulong)second, 0);
        }
        Exposition before = await exporter.ScrapeAsync();
        Assert.Single(before.All("sflow_ovs_datapath_hits_total"));
        Assert.Single(before.All(Bytes, ("interface", "veth1"), ("direction", "in")));
        wire.Ovs(400, [0, 0, 0, 0, 0, 0], agent: "10.128.2.2");
        time.Pass(400);
        Exposition after = await exporter.ScrapeAsync();
        Assert.Equal("10.128.2.2", Assert.Single(after.Samples, sample => sample.Name == "sflow_ovs_datapath_hits_total").Labels["agent"]);
        Assert.Empty(after.All(Bytes, ("interface", "veth1")));
        Assert.Equal((0, 0), (exporter.Agents.Interfaces.Taken, exporter.Agents.Interfaces.Followed.Taken));
    }

    [Fact]
    public void Agents_without_metrics_of_their_own_and_forged_names_take_no_more_than_their_limits()
    {
        FakeNodes nodes = new();
        AgentRegistry agents = new(new AgentOptions { Allowed = "any", InterfaceMetrics = true, MaximumPortsPerAgent = 20, MaximumPorts = 50, MaximumInterfaces = 30 }, nodes.With("10.128.0.2", "10.128.2.2", "10.128.4.2"));
        CounterWire wire = new(agents);
        for (uint i = 0; i < 2_000; i++)
        {
            wire.Interface(0, i, $"forged{i}", 0, 0, agent: $"198.51.100.{i % 250}");
            wire.Ovs(0, [1, 1, 1, 1, 1, 1], agent: $"198.51.100.{i % 250}");
        }
        Assert.Equal((0, 0, 0L), (agents.Interfaces.Taken, agents.Interfaces.Followed.Taken, agents.Interfaces.Folded));
        for (uint i = 0; i < 2_000; i++)
            foreach (string node in (string[])["10.128.0.2", "10.128.2.2", "10.128.4.2"]) wire.Interface(1, i, $"forged{i}", 0, 0, agent: node);
        Assert.Equal((30, 50), (agents.Interfaces.Taken, agents.Interfaces.Followed.Taken));
        Assert.Equal(6_000 - 50, agents.Interfaces.Followed.Refused);
        // One name with ever other indexes is one interface.
        for (uint i = 0; i < 2_000; i++) wire.Interface(2, i, "forged0", i, 0);
        Assert.Equal(50, agents.Interfaces.Followed.Taken);
    }

    [Fact]
    public async Task Without_the_option_there_are_no_series_of_interfaces()
    {
        await using FakeExporter exporter = await new FakeExporter(time, new AgentOptions()).StartAsync();
        CounterWire wire = Wire(exporter);
        wire.Interface(0, 1, "veth1", 0, 0);
        Exposition exposed = await exporter.ScrapeAsync();
        Assert.DoesNotContain(exposed.Samples, sample => sample.Name.StartsWith("sflow_interface", StringComparison.Ordinal) || sample.Labels.ContainsValue("sflow_interface"));
    }

    private static CounterWire Wire(FakeExporter exporter) => new(exporter.Agents, exporter.Registries, exporter.Now);
}
