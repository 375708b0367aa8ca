using System.Net;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>Who gets into the table of agents while others press for its places.</summary>
public sealed class StrangerTests
{
    private readonly FakeNodes nodes = new();
    private uint sequence;

    [Fact]
    public void Nodes_get_in_however_many_forged_agents_came_before()
    {
        AgentRegistry registry = new(new AgentOptions { Allowed = "any", Maximum = 40 }, nodes.With("172.20.1.2", "172.20.2.2", "fd45::9"));
        for (uint i = 0; i < 9_000; i++) Observe(registry, $"198.51.{i / 256 % 256}.{i % 256}", i / 3, 1);
        Assert.Equal(40, registry.Known);
        foreach (string node in (string[])["172.20.1.2", "172.20.2.2", "fd45::9"]) Assert.Equal(DatagramOutcome.Ok, Observe(registry, node, 0, 2));
        Assert.Equal(43, registry.Known);
    }

    [Fact]
    public void Many_sub_agents_of_one_address_are_bounded_and_its_own_gets_in()
    {
        AgentRegistry registry = new(new AgentOptions { MaximumSubAgents = 5 }, nodes.With("172.20.1.2"));
        int taken = 0;
        for (uint sub = 1; sub <= 3_000; sub++)
            if (Observe(registry, "172.20.1.2", sub, 1) == DatagramOutcome.Ok) taken++;
        Assert.Equal(5, taken);
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.1.2", 0, 2));
        // Silent ones give way.
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.1.2", 77_777, 400));
    }

    [Fact]
    public void Unknown_senders_are_refused_by_default_once_a_cluster_is_known()
    {
        AgentRegistry registry = new(new AgentOptions(), nodes);
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "192.0.2.61", 0, 1));
        nodes.With("172.20.1.2");
        Assert.Equal(DatagramOutcome.AgentNotAllowed, Observe(registry, "192.0.2.62", 0, 2));
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.1.2", 0, 2));
        // Who was heard before the cluster was known has a minute, and so has a neighbour of a node's agent, which may be a new node.
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "192.0.2.61", 0, 3));
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.9.2", 0, 4));
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.9.2", 0, 5));
        Assert.Equal(DatagramOutcome.AgentNotAllowed, Observe(registry, "192.0.2.61", 0, 64));
        Assert.Equal(DatagramOutcome.AgentNotAllowed, Observe(registry, "172.20.9.2", 0, 66));
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.1.2", 0, 1_000));
    }

    [Fact]
    public void A_neighbour_that_becomes_a_node_in_time_loses_nothing()
    {
        AgentRegistry registry = new(new AgentOptions(), nodes.With("172.20.1.2"));
        Observe(registry, "172.20.1.2", 0, 1);
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.3.2", 0, 2));
        nodes.With("172.20.1.2", "172.20.3.2");
        for (int second = 3; second < 203; second += 10) Assert.Equal(DatagramOutcome.Ok, Observe(registry, "172.20.3.2", 0, second));
        Assert.True(registry[1].HasOwnSeries);
        // Its first datagram came as a stranger's: it stays in the sum of the others, which never falls.
        Assert.Equal((1, 1, 21), (registry.ReadOthers()!.Value.Datagrams, registry[1].Elsewhere.Datagrams, registry[1].Figures.Datagrams));
    }

    [Theory]
    [InlineData("nodes, 192.0.2.0/26", "192.0.2.61", true)]
    [InlineData("nodes,192.0.2.0/26", "192.0.2.65", false)]
    [InlineData("192.0.2.0/26", "172.20.1.2", false)]
    [InlineData("any", "203.0.113.1", true)]
    [InlineData("", "203.0.113.1", true)]
    [InlineData("nodes", "203.0.113.1", false)]
    public void The_list_says_who_else_may_send(string allow, string agent, bool allowed) => Assert.Equal(
        allowed ? DatagramOutcome.Ok : DatagramOutcome.AgentNotAllowed,
        Observe(new AgentRegistry(new AgentOptions { Allowed = allow }, nodes.With("172.20.1.2")), agent, 0, 1));

    [Fact]
    public void Idle_unknown_senders_are_evicted_and_their_sum_stays()
    {
        AgentRegistry registry = new(new AgentOptions { Allowed = "any", Maximum = 25 }, nodes.With("172.20.1.2"));
        for (uint i = 0; i < 25; i++) Observe(registry, $"203.0.113.{i}", 0, 1);
        Assert.Equal(DatagramOutcome.TooManyAgents, Observe(registry, "203.0.113.200", 0, 200));
        for (uint i = 0; i < 10; i++) Observe(registry, $"203.0.113.{i}", 0, 290);
        for (uint i = 0; i < 15; i++) Assert.Equal(DatagramOutcome.Ok, Observe(registry, $"203.0.113.{100 + i}", 0, 302));
        Assert.Equal(DatagramOutcome.TooManyAgents, Observe(registry, "203.0.113.250", 0, 302));
        Assert.Equal((25, 25), (registry.Count, registry.Known));
        Assert.Equal(50, registry.ReadOthers()!.Value.Datagrams);
        for (uint i = 0; i < 10; i++) Assert.Equal(DatagramOutcome.Ok, Observe(registry, $"203.0.113.{i}", 0, 303));
        Assert.Equal(60, registry.ReadOthers()!.Value.Datagrams);
    }

    [Fact]
    public void Without_a_cluster_each_agent_has_metrics_of_its_own_and_silent_ones_give_way()
    {
        AgentRegistry registry = new(new AgentOptions { Maximum = 12 });
        for (uint i = 0; i < 12; i++) Observe(registry, $"203.0.113.{i}", 0, 1);
        Assert.Null(registry.ReadOthers());
        Assert.Equal(DatagramOutcome.TooManyAgents, Observe(registry, "203.0.113.99", 0, 299));
        Assert.Equal(DatagramOutcome.Ok, Observe(registry, "203.0.113.99", 0, 302));
        Assert.True(registry[0].HasOwnSeries);
        Assert.Equal("203.0.113.99", registry[0].Address.ToString());
    }

    private DatagramOutcome Observe(AgentRegistry registry, string agent, uint subAgent, double second) => registry.Observe(
        new DatagramIdentity(Heard.Parse(agent), subAgent, ++sequence, (uint)(second * 1_000), 100),
        new DatagramOrigin(Heard.At(second), Address.From(IPAddress.Parse("10.9.8.7")), 40_000), out _);
}

/// <summary>Nodes that a test names by their addresses.</summary>
internal sealed class FakeNodes : IClusterNodes
{
    private readonly NodeRegistry registry = new();
    private Dictionary<Address, Node> nodes = [];
    private Action? changed;

    public int Count => nodes.Count;

    public void Watch(Action call) => changed += call;

    public Node? Find(Address address) => nodes.GetValueOrDefault(address);

    public FakeNodes With(params string[] addresses)
    {
        nodes = addresses.ToDictionary(Heard.Parse, address => registry.Intern("node-" + address, null, Heard.At(0)));
        changed?.Invoke();
        return this;
    }
}
