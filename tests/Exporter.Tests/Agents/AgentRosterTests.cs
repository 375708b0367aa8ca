using SFlow.Exporter.Agents;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>Expected against seen, at the second a test says: two nodes of an inventory, and whoever sends.</summary>
public sealed class AgentRosterTests
{
    private const string ManagementPort = "10.128.0.2", NodeAddress = "192.168.100.11", OtherNode = "10.128.2.2", Stranger = "198.51.100.9";

    private readonly Registries names = new();
    private readonly AgentRegistry agents;
    private readonly SettableTime time = new();
    private readonly ClusterIndex index;
    private readonly AddressBookHolder holder;
    private readonly AgentRoster roster;
    private readonly Dictionary<string, uint> sequences = [];

    public AgentRosterTests()
    {
        time.Second = 0;
        index = Cluster.Index(names, time: time);
        holder = new AddressBookHolder(index.Publish());
        agents = new AgentRegistry(new AgentOptions(), new ClusterNodes(holder, names), wholeCapture: true);
        roster = AgentRoster.Live(agents, names.Nodes, Heard.At(0));
    }

    [Fact]
    public void A_node_is_awaited_for_three_counter_intervals_and_then_was_never_seen()
    {
        Assert.Equal(2, roster.Expected);
        Assert.Equal([("worker-1", AgentState.Awaited), ("worker-2", AgentState.Awaited)], States(90));
        Assert.Equal([("worker-1", AgentState.NeverSeen), ("worker-2", AgentState.NeverSeen)], States(91));
        Hear(ManagementPort, 92);
        Assert.Equal([("worker-1", AgentState.Ok), ("worker-2", AgentState.NeverSeen)], States(92));
    }

    [Fact]
    public void A_node_that_appears_later_is_awaited_from_then_on_and_one_that_leaves_is_not_missed()
    {
        Hear(ManagementPort, 1_000);
        index.Remove("Node", new("", "worker-2"));
        Publish();
        Assert.Equal([("worker-1", AgentState.Ok)], States(1_000));
        time.Second = 2_000;
        index.Replace(Cluster.Objects);
        Publish();
        Hear(ManagementPort, 2_080);
        Assert.Equal([("worker-1", AgentState.Ok), ("worker-2", AgentState.Awaited)], States(2_090));
        Assert.Equal(AgentState.NeverSeen, States(2_091)[1].State);
    }

    [Fact]
    public void Silence_begins_after_90_seconds_and_ends_with_the_next_datagram()
    {
        Hear(ManagementPort, 10);
        Assert.Equal(AgentState.Ok, States(100)[0].State);
        Assert.Equal(AgentState.Silent, States(101)[0].State);
        Hear(ManagementPort, 102);
        Assert.Equal(AgentState.Ok, States(103)[0].State);
    }

    [Fact]
    public void An_agent_that_changes_its_address_is_the_same_node_and_is_listed_once()
    {
        Hear(OtherNode, 5);
        Hear(NodeAddress, 5);
        Assert.Equal([("worker-2", AgentState.Ok), ("worker-1", AgentState.Ok)], States(6));
        for (int second = 10; second <= 300; second += 10)
        {
            Hear(OtherNode, second);
            Hear(ManagementPort, second);
        }
        (string Node, AgentState State)[] after = States(300);
        Assert.Equal([("worker-2", AgentState.Ok), ("worker-1", AgentState.Gone), ("worker-1", AgentState.Ok)], after);
        Assert.Equal(roster.Expected, after.Count(standing => standing.State != AgentState.Gone));

        // The node falls silent as a whole: it is missed once, by its newest address.
        Hear(OtherNode, 500);
        Assert.Equal([("worker-2", AgentState.Ok), ("worker-1", AgentState.Gone), ("worker-1", AgentState.Silent)], States(500));
    }

    [Fact]
    public void A_sender_without_a_node_is_unknown_while_it_sends_and_gone_when_it_stops()
    {
        Hear(Stranger, 10);
        Assert.Contains(("@unknown", AgentState.UnknownSender), States(11));
        Assert.Contains(("@unknown", AgentState.Gone), States(200));
    }

    [Fact]
    public void Without_a_cluster_every_sender_is_welcome_and_missed_when_it_falls_silent()
    {
        index.Replace([]);
        Publish();
        Hear(Stranger, 10);
        Assert.Equal([("@unknown", AgentState.Ok)], States(11));
        Assert.Equal([("@unknown", AgentState.Silent)], States(200));
    }

    [Fact]
    public void Flow_samples_and_counter_samples_are_missed_each_after_its_time()
    {
        for (int second = 0; second <= 400; second += 10)
        {
            Hear(ManagementPort, second, flows: 0, counters: 1);
            Hear(OtherNode, second, flows: 3, counters: 0);
            if (second == 150) Assert.Equal([("worker-1", AgentState.Ok), ("worker-2", AgentState.Ok)], States(second));
            if (second == 160) Assert.Equal([("worker-1", AgentState.Ok), ("worker-2", AgentState.FlowsOnly)], States(second));
        }
        Assert.Equal([("worker-1", AgentState.CountersOnly), ("worker-2", AgentState.FlowsOnly)], States(400));
        Hear(ManagementPort, 401);
        Hear(OtherNode, 401);
        Assert.Equal([("worker-1", AgentState.Ok), ("worker-2", AgentState.Ok)], States(402));
    }

    [Fact]
    public void A_restart_is_shown_for_ten_minutes()
    {
        for (int second = 100; second <= 200; second += 10) Hear(ManagementPort, second);
        sequences[ManagementPort] = 0;
        Hear(ManagementPort, 230, uptime: 10);
        Assert.Equal(1, agents[0].Restarts);
        for (int second = 240; second <= 830; second += 10)
        {
            Hear(ManagementPort, second, uptime: second - 220);
            Assert.Equal(second < 830 ? AgentState.Restarted : AgentState.Ok, States(second)[0].State);
        }
    }

    [Fact]
    public void A_capture_misses_whoever_is_not_in_it_at_once()
    {
        Hear(ManagementPort, 1);
        AgentRoster whole = AgentRoster.WholeCapture(agents, names.Nodes);
        Assert.Equal([AgentState.Ok, AgentState.NeverSeen], whole.Read(Heard.At(2)).Select(standing => standing.State));
    }

    [Fact]
    public void Windows_nodes_are_not_expected()
    {
        KubernetesObject windows = Cluster.Objects.First(item => item.Kind == "Node");
        Dictionary<string, string>? labels = windows.Metadata.Labels;
        try
        {
            windows.Metadata.Labels = new() { ["kubernetes.io/os"] = "windows" };
            index.Replace([windows]);
            Assert.Equal(0, roster.Expected);
        }
        finally
        {
            windows.Metadata.Labels = labels;
        }
    }

    private void Hear(string address, int second, int flows = 1, int counters = 1, int? uptime = null)
    {
        uint sequence = sequences[address] = sequences.GetValueOrDefault(address) + 1;
        DatagramIdentity identity = new(Heard.Parse(address), 0, sequence, (uint)(uptime ?? second) * 1_000, 200);
        Assert.Equal(DatagramOutcome.Ok, agents.Observe(identity, new DatagramOrigin(Heard.At(second), Heard.Parse(address), 40_000), out Agent? agent));
        agent!.CountSamples(flows, counters);
    }

    private void Publish() => holder.Current = index.Publish();

    private (string Node, AgentState State)[] States(int second) =>
        [.. roster.Read(Heard.At(second)).Select(standing => (standing.Node?.Name ?? ReservedLabels.Unknown, standing.State))];

    private sealed class SettableTime : TimeProvider
    {
        public int Second { get; set; }

        public override long TimestampFrequency => 1;
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Heard.At(Second) / 1_000_000);
        public override long GetTimestamp() => Second;
    }
}
