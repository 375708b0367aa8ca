using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Agents;

public sealed class AgentRegistryTests
{
    private static DatagramOutcome Observe(AgentRegistry registry, string agent, uint subAgent, out Agent? found, uint sequence = 1) =>
        registry.Observe(new DatagramIdentity(Heard.Parse(agent), subAgent, sequence, 1_000, 100), new DatagramOrigin(Heard.At(1), Heard.Parse(agent), 40_000), out found);

    [Fact]
    public void Address_and_sub_agent_together_are_an_agent()
    {
        AgentRegistry registry = new(new AgentOptions());
        Observe(registry, "10.0.0.1", 0, out Agent? one);
        Observe(registry, "10.0.0.1", 1, out Agent? other);
        Observe(registry, "2001:db8::1", 0, out Agent? third);
        Observe(registry, "10.0.0.1", 0, out Agent? again, 2);
        Assert.Equal([0, 1, 2, 0], [one!.Id, other!.Id, third!.Id, again!.Id]);
        Assert.Same(one, again);
        Assert.Same(one, registry[0]);
    }

    [Theory]
    [InlineData("10.128.0.2", true)]
    [InlineData("10.127.255.255", false)]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.2", false)]
    [InlineData("2001:db8::77", true)]
    [InlineData("2001:db9::77", false)]
    public void Only_agents_of_the_allow_list_are_heard(string agent, bool allowed)
    {
        AgentRegistry registry = new(new AgentOptions { Allowed = "10.128.0.0/14, 192.0.2.1,2001:db8::/32" });
        DatagramOutcome outcome = Observe(registry, agent, 0, out Agent? found);
        Assert.Equal(allowed ? DatagramOutcome.Ok : DatagramOutcome.AgentNotAllowed, outcome);
        Assert.Equal(allowed, found is not null);
        Assert.Equal(allowed ? 1 : 0, registry.Count);
    }

    [Theory]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("0.0.0.0/0", "10.0.0.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public void A_network_of_one_family_accepts_no_address_of_the_other(string allow, string agent, bool allowed)
    {
        DatagramOutcome outcome = Observe(new AgentRegistry(new AgentOptions { Allowed = allow }), agent, 0, out _);
        Assert.Equal(allowed ? DatagramOutcome.Ok : DatagramOutcome.AgentNotAllowed, outcome);
    }

    [Fact]
    public void Agents_beyond_the_maximum_are_refused_and_known_ones_go_on()
    {
        AgentRegistry registry = new(new AgentOptions { Maximum = 300 });
        for (uint i = 0; i < 1_000; i++)
            Assert.Equal(i < 300 ? DatagramOutcome.Ok : DatagramOutcome.TooManyAgents, Observe(registry, $"10.1.{i / 250}.{i % 250}", 0, out _));
        Assert.Equal(300, registry.Count);
        for (uint i = 0; i < 300; i++) Assert.Equal(DatagramOutcome.Ok, Observe(registry, $"10.1.{i / 250}.{i % 250}", 0, out _, 2));
    }

    [Fact]
    public async Task Workers_that_share_agents_count_every_datagram_once()
    {
        const int Workers = 4, Agents = 50, Datagrams = 2_000;
        AgentRegistry registry = new(new AgentOptions { Maximum = Agents, MaximumSubAgents = Agents });
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() =>
        {
            for (uint i = 0; i < Datagrams; i++)
            {
                DatagramIdentity identity = new(Heard.Parse("10.0.0.1"), i % Agents, i / Agents + 1, 1_000, 100);
                registry.Observe(identity, new DatagramOrigin(Heard.At(1), default, 1), out Agent? agent);
                agent!.CountSamples(3, 1);
            }
        })));
        Agent[] agents = [.. Enumerable.Range(0, registry.Count).Select(id => registry[id])];
        Assert.Equal(Agents, agents.Select(agent => agent.SubAgentId).Distinct().Count());
        Assert.Equal((Datagrams, Datagrams * (Workers - 1)), (agents.Sum(agent => agent.Datagrams), agents.Sum(agent => agent.Duplicates)));
        Assert.Equal((Datagrams * Workers * 3, Datagrams * Workers), (agents.Sum(agent => agent.FlowSamples), agents.Sum(agent => agent.CounterSamples)));
        registry.Settle(0, final: true);
        Assert.Equal((0, 0), (agents.Sum(agent => agent.Lost), agents.Sum(agent => agent.Restarts)));
    }

    [Fact]
    public void The_node_of_an_agent_knows_when_it_was_last_heard()
    {
        Heard heard = new();
        heard.Hear(1, 1_000);
        Node node = new Registries().Nodes.Intern("worker-1", null, 1);
        heard.Agent.BelongTo(node);
        Assert.Equal(Heard.At(1), node.LastDatagram);
        heard.Hear(2, 2_000);
        Assert.Equal(Heard.At(2), node.LastDatagram);
        heard.Hear(2, 2_000, 3);
        Assert.Equal(Heard.At(2), node.LastDatagram);
        Assert.Equal(Heard.At(3), heard.Agent.LastSeen);
    }

    [Theory]
    [InlineData("ovn-s1-cross", 226)]
    [InlineData("ovn-s1-ext", 15)]
    [InlineData("ovn-s1-host", 15)]
    [InlineData("ovn-s1-same", 155)]
    [InlineData("ovn-s1-svc", 151)]
    public void A_capture_of_the_clone_has_no_loss(string name, int datagrams) =>
        HasNoLoss(Path.Combine(SharedFolder.Repository, "tests", "captures", name + ".pcap"), datagrams);

    [Theory]
    [InlineData("ovn-default400-bulk", 73)]
    [InlineData("ovn-s64-bulk", 144)]
    [InlineData("plain-counters-p1", 186)]
    [InlineData("plain-s1-geneve", 247)]
    [InlineData("plain-s1-header64", 191)]
    [InlineData("plain-s1-ipv6", 102)]
    [InlineData("plain-s1-jumbo", 127)]
    public void A_capture_of_the_lab_has_no_loss(string name, int datagrams) =>
        HasNoLoss(SharedFolder.Require("ovn-lab", "captures", name + ".pcap"), datagrams);

    private static void HasNoLoss(string file, int datagrams)
    {
        Heard heard = new();
        Assert.Equal(datagrams, heard.HearCapture(file));
        heard.Settle(0, final: true);
        Assert.Equal(2, heard.Registry.Count);
        for (int id = 0; id < 2; id++)
        {
            Agent agent = heard.Registry[id];
            Assert.Equal((0, 0, 0, 0, 0), (agent.Lost, agent.Reordered, agent.Duplicates, agent.Restarts, agent.Conflicts));
        }
    }
}
