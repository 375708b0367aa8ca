using SFlow.Captures;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Replay;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Replay;

public sealed class AgentContinuationTests
{
    /// <summary>Round <paramref name="round"/> of two datagrams, as an agent would send them that had never stopped; ten seconds a round.</summary>
    private static byte[][] Expected(uint round, bool expanded) =>
    [
        .. Enumerable.Range(0, 2).Select(i => (uint)i + round * 2).Select((n, i) => new DatagramBuilder { SubAgentId = 3, Sequence = uint.MaxValue + n, Uptime = 5_000 + (uint)i * 1_000 + round * 10_000 }
            .Add(new FlowSampleBuilder { Expanded = expanded, Sequence = 70 + n, SamplePool = uint.MaxValue - 900 + n * 400, Drops = 6 + (uint)i + round, SamplingRate = 400 }.AddHeader(PacketBuilder.TcpFrame()))
            .Add(new CounterSampleBuilder { Expanded = expanded, Sequence = 9 + n, Source = (0, 7) })
            .Add(new CounterSampleBuilder { Expanded = expanded, Sequence = 100 + n, Source = (0, 8) })
            .Add(0x00FF_F001, [1, 2, 3, 4, 5, 6, 7, 8]).Build()),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_capture_that_begins_again_goes_on_as_its_agent_would(bool expanded)
    {
        AgentContinuation continuation = new();
        for (uint round = 0; round < 5; round++)
        {
            byte[][] played = Expected(0, expanded);
            foreach (byte[] payload in played) continuation.Rewrite(payload);
            Assert.Equal(Expected(round, expanded), played);
            continuation.NextRound(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void Agents_and_sub_agents_go_on_each_for_itself()
    {
        AgentContinuation continuation = new();
        byte[][] Round(uint added, uint otherAdded) =>
        [
            new DatagramBuilder { Sequence = 10 + added }.Build(), new DatagramBuilder { Sequence = 11 + added }.Build(),
            new DatagramBuilder { Sequence = 500 + otherAdded, SubAgentId = 1 }.Build(),
            new DatagramBuilder { Sequence = 10 + otherAdded, Agent = System.Net.IPAddress.Parse("fd01::2") }.Build(),
        ];
        foreach (byte[] payload in Round(0, 0)) continuation.Rewrite(payload);
        continuation.NextRound(TimeSpan.Zero);
        byte[][] second = Round(0, 0);
        foreach (byte[] payload in second) continuation.Rewrite(payload);
        Assert.Equal(Round(2, 1), second);
    }

    [Theory]
    [InlineData("ovn-s1-cross")]
    [InlineData("ovn-s1-ext")]
    [InlineData("ovn-s1-host")]
    [InlineData("ovn-s1-same")]
    [InlineData("ovn-s1-svc")]
    public void Three_rounds_of_a_capture_are_one_life_of_its_agents(string name)
    {
        string file = Path.Combine(SharedFolder.Repository, "tests", "captures", name + ".pcap");
        AgentRegistry registry = new(new AgentOptions());
        AgentContinuation continuation = new();
        Dictionary<(Address, bool, DataSource), uint> newest = [];
        int heard = 0;
        for (int round = 0; round < 3; round++)
        {
            using CaptureReader capture = new(File.OpenRead(file));
            while (capture.TryRead(out CapturedDatagram captured))
            {
                byte[] payload = captured.Payload.ToArray();
                continuation.Rewrite(payload);
                DatagramOrigin origin = new(captured.TimestampNanoseconds + round * 10_000_000_000L, captured.Source, captured.SourcePort);
                heard += Hear(registry, payload, origin, newest);
            }
            continuation.NextRound(TimeSpan.FromSeconds(10));
        }
        registry.Settle(0, final: true);
        Agent[] agents = [.. Enumerable.Range(0, registry.Count).Select(id => registry[id])];
        Assert.Equal(heard, agents.Sum(agent => agent.Datagrams));
        Assert.All(agents, agent => Assert.Equal((0, 0, 0, 0, 0), (agent.Lost, agent.Reordered, agent.Duplicates, agent.Restarts, agent.Conflicts)));
    }

    /// <summary>Gives a datagram to the registry, and holds each sample's number against the one before it.</summary>
    private static int Hear(AgentRegistry registry, byte[] payload, DatagramOrigin origin, Dictionary<(Address, bool, DataSource), uint> newest)
    {
        Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(payload, out Datagram datagram));
        Address address = datagram.Agent;
        DatagramIdentity identity = new(address, datagram.SubAgentId, datagram.Sequence, datagram.UptimeMilliseconds, payload.Length);
        Assert.Equal(DatagramOutcome.Ok, registry.Observe(identity, origin, out _));
        StructureEnumerator samples = datagram.Samples;
        while (samples.MoveNext())
        {
            Structure sample = samples.Current;
            bool isFlow = Samples.FlowSample.TryRead(sample, out Samples.FlowSample flow);
            Assert.True(Samples.CounterSample.TryRead(sample, out Samples.CounterSample counters) || isFlow);
            (Address, bool, DataSource) key = (address, isFlow, isFlow ? flow.Source : counters.Source);
            uint sequence = isFlow ? flow.Sequence : counters.Sequence;
            if (newest.TryGetValue(key, out uint before)) Assert.Equal(before + 1, sequence);
            newest[key] = sequence;
        }
        return 1;
    }

    [Fact]
    public void Bytes_that_are_not_a_datagram_stay_unchanged()
    {
        AgentContinuation continuation = new();
        byte[] whole = Expected(0, false)[0];
        for (int length = 0; length < 28; length++)
        {
            byte[] cut = whole.AsSpan(0, length).ToArray();
            continuation.Rewrite(cut);
            Assert.Equal(whole[..length], cut);
        }
        for (int length = 28; length < whole.Length; length++) continuation.Rewrite(whole.AsSpan(0, length).ToArray());
    }
}
