using SFlow.Exporter.Agents;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Identify.Resources;
using SFlow.Exporter.Observe;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Agents;
using SFlow.Exporter.Tests.Identify;

namespace SFlow.Exporter.Tests;

/// <summary>Waits and silence do not follow the clock of the machine when somebody sets it.</summary>
public sealed class ClockTests
{
    private readonly SteppedTime time = new();

    [Theory]
    [InlineData(1.3)]
    [InlineData(-1.3)]
    [InlineData(63)]
    [InlineData(-63)]
    public void A_steady_clock_runs_on_when_the_other_is_set(double days)
    {
        SteadyClock clock = new(time);
        long before = clock.Now;
        time.Run(4.5);
        time.Set(days);
        Assert.Equal(4_500_000_000, clock.Now - before);
        Assert.Equal(Unix() - 2_000_000_000, clock.ToUnixNanoseconds(clock.Now - 2_000_000_000));
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(-1.01)]
    [InlineData(-61)]
    public void A_clock_jump_makes_no_agent_silent_and_no_silent_one_well(double days)
    {
        SteadyClock clock = new(time);
        AgentRegistry agents = new(new AgentOptions());
        AgentRoster roster = AgentRoster.Live(agents, new NodeRegistry(), clock.Now);
        Hear(agents, clock, "10.7.0.1", 1);
        time.Run(95);
        Hear(agents, clock, "10.7.0.2", 1);
        time.Set(days);
        time.Run(1);
        Assert.Equal([AgentState.Silent, AgentState.Ok], roster.Read(clock.Now).Select(standing => standing.State));
        Hear(agents, clock, "10.7.0.1", 2);
        Assert.Equal([AgentState.Ok, AgentState.Ok], roster.Read(clock.Now).Select(standing => standing.State));
        time.Run(91);
        Assert.Equal([AgentState.Silent, AgentState.Silent], roster.Read(clock.Now).Select(standing => standing.State));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void A_clock_jump_changes_no_export(double days)
    {
        SteadyClock clock = new(time);
        ExportRule rule = ExportRule.Live(clock.Now);
        NodeRegistry nodes = new();
        Node heard = nodes.Intern("heard", null, clock.Now), silent = nodes.Intern("silent", null, clock.Now);
        time.Run(100);
        heard.Hear(clock.Now);
        time.Set(days);
        time.Run(2);
        Assert.Equal((true, false), (rule.Exports(heard, clock.Now), rule.Exports(silent, clock.Now)));
    }

    [Fact]
    public void A_clock_jump_forward_expires_no_previous_owner()
    {
        ClusterIndex index = new(new Registries(), new IdentifyOptions(), new KubernetesOptions { RememberAge = TimeSpan.FromHours(2) }, time);
        PodResource pod = new(new ObjectKey("shop", "gone")) { Addresses = new([new PodAddress(Cluster.Address("10.128.0.9"))]), NodeName = "worker-1", Live = true };
        index.Put(pod);
        int owner = index.Publish().Find(Cluster.Address("10.128.0.9"));
        index.Remove("Pod", pod.Key);
        index.Publish();
        time.Set(1);
        time.Run(60);
        Assert.Equal((owner, 1), (index.Publish().Find(Cluster.Address("10.128.0.9")), index.Former));
        time.Run(7_200);
        index.Publish();
        Assert.Equal(0, index.Former);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public void A_clock_jump_expires_no_listening_socket(double days)
    {
        ListeningHistory history = new(new ObserveOptions());
        SteadyClock clock = new(time);
        Flow answer = new()
        {
            Source = Cluster.Address("10.1.2.3"), Destination = Cluster.Address("10.1.2.4"), SourcePort = 7_001, DestinationPort = 9_002, Protocol = 6,
            TimestampNanoseconds = Unix(), SteadyNanoseconds = clock.Now,
        };
        history.Learn(answer, answer: true);
        time.Set(days);
        time.Run(3);
        Flow next = answer with { TimestampNanoseconds = Unix(), SteadyNanoseconds = clock.Now };
        Assert.Equal(ServerEnd.Source, history.Judge(next, ServerEnd.Unknown));
    }

    private long Unix() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private void Hear(AgentRegistry agents, SteadyClock clock, string agent, uint sequence)
    {
        DatagramOrigin origin = new(Unix(), Heard.Parse(agent), 5_000) { SteadyNanoseconds = clock.Now };
        agents.Observe(new DatagramIdentity(Heard.Parse(agent), 0, sequence, 1_000, 100), origin, out Agent? heard);
        heard!.CountSamples(1, 1);
    }
}
