using System.Buffers.Binary;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Agents;

/// <summary>Counters of an Open vSwitch: growth only, whatever happens to the switch, its datagrams or its address.</summary>
public sealed class OvsCounterTests(ITestOutputHelper output)
{
    private readonly CounterWire wire = new();

    private OvsFigures Ovs => wire[CounterWire.Agent].ReadOvs()!.Value;

    [Fact]
    public void Counters_start_at_the_first_reading_and_gauges_are_the_last_one()
    {
        wire.Ovs(0, [1_000, 100, 10, 5_000, 40, 4], user: 2_000, system: 1_000, memory: 1 << 24);
        Assert.Equal(new OvsFigures(0, 0, 0, 0, 40, 4, 0, 0, 1 << 24), Ovs);
        wire.Ovs(30, [1_700, 150, 12, 9_000, 30, 3], user: 2_500, system: 1_250, memory: 1 << 25);
        Assert.Equal(new OvsFigures(700, 50, 2, 4_000, 30, 3, 0.5, 0.25, 1 << 25), Ovs);
    }

    [Fact]
    public void A_counter_that_wraps_goes_on()
    {
        wire.Ovs(0, [uint.MaxValue - 99, 0, 0, 4_000_000_000, 0, 0], user: uint.MaxValue - 999);
        wire.Ovs(30, [100, 0, 0, 1_000_000_000, 0, 0], user: 1_000);
        Assert.Equal((200.0, 1_294_967_296.0, 2.0), (Ovs.Hits, Ovs.MaskHits, Ovs.UserSeconds));
    }

    /// <summary>The kernel datapath keeps its counters when ovs-vswitchd restarts, a userspace datapath does not, and CPU time starts at zero.</summary>
    [Fact]
    public void A_restart_of_the_switch_never_lowers_a_counter_and_is_no_wrap()
    {
        wire.Ovs(0, [4_000_000_000, 500, 0, 0, 9, 2], user: 60_000);
        wire.Ovs(30, [4_000_000_400, 600, 0, 0, 9, 2], user: 61_000);
        wire.Ovs(40, [70, 650, 0, 0, 1, 1], user: 200, restart: true);
        Assert.Equal(1, wire[CounterWire.Agent].Restarts);
        Assert.Equal((470.0, 150.0, 1.2), (Ovs.Hits, Ovs.Misses, Ovs.UserSeconds));
        wire.Ovs(70, [90, 650, 0, 0, 1, 1], user: 300);
        Assert.Equal((490.0, 150.0, 1.3), (Ovs.Hits, Ovs.Misses, Ovs.UserSeconds));
    }

    [Fact]
    public void What_the_switch_does_not_count_is_absent()
    {
        wire.Ovs(0, [0, 0, 0, uint.MaxValue, 7, uint.MaxValue]);
        wire.Ovs(30, [5, 0, 0, uint.MaxValue, 7, uint.MaxValue]);
        Assert.Equal(new OvsFigures(5, 0, 0, null, 7, null, 0, 0, null), Ovs);
    }

    [Fact]
    public void A_sample_that_comes_late_is_not_a_new_start()
    {
        wire.Ovs(0, [100, 0, 0, 0, 0, 0]);
        uint skipped = wire.Skip();
        wire.Ovs(2, [300, 0, 0, 0, 0, 0]);
        wire.Ovs(2.1, [200, 0, 0, 0, 0, 0], late: (skipped, 1));
        wire.Ovs(3, [400, 0, 0, 0, 0, 0]);
        Assert.Equal(300, Ovs.Hits);
        Assert.Equal(0, wire[CounterWire.Agent].Restarts);
    }

    [Fact]
    public void Another_sender_under_the_address_of_the_agent_changes_nothing()
    {
        wire.Ovs(0, [100, 0, 0, 0, 5, 0]);
        wire.Ovs(1, [2_000_000_000, 0, 0, 0, 9_999, 0], sender: "203.0.113.66");
        wire.Ovs(2, [50, 0, 0, 0, 9_999, 0], sender: "203.0.113.66");
        wire.Ovs(30, [160, 0, 0, 0, 6, 0]);
        Assert.Equal((60.0, 6.0), (Ovs.Hits, Ovs.Flows));
    }

    [Fact]
    public void Two_bridges_are_two_sub_agents_with_counters_of_their_own()
    {
        foreach ((double second, uint hits) in (ReadOnlySpan<(double, uint)>)[(0, 100), (30, 160)])
        {
            wire.Ovs(second, [hits, 0, 0, 0, 1, 0]);
            wire.Ovs(second, [hits * 10, 0, 0, 0, 2, 0], subAgent: 1);
        }
        Assert.Equal((60.0, 1.0), (Ovs.Hits, Ovs.Flows));
        OvsFigures second1 = wire[CounterWire.Agent, 1].ReadOvs()!.Value;
        Assert.Equal((600.0, 2.0), (second1.Hits, second1.Flows));
    }

    [Fact]
    public void Another_data_source_of_the_agent_starts_anew()
    {
        AgentRegistry agents = wire.Agents;
        wire.Ovs(0, [1_000, 0, 0, 0, 0, 0]);
        Agent agent = agents[0];
        CounterRecord other = new() { SteadyNanoseconds = Heard.At(1), UptimeMilliseconds = 1_001_000, HasOvsDatapath = true, SourceIdType = 2, SourceIdIndex = 1_001, OvsHits = 50 };
        agent.Count(other);
        agent.Count(other with { OvsHits = 60, UptimeMilliseconds = 1_002_000 });
        Assert.Equal(10, agent.ReadOvs()!.Value.Hits);
    }

    /// <summary>A real switch that was restarted: the counters read by a few lines that know nothing of the program, summed life by life.</summary>
    [Theory]
    [InlineData("plain-restart"), InlineData("plain-counters-p1")]
    public void The_counters_of_a_real_switch_are_the_growth_of_each_of_its_lives(string capture)
    {
        string path = SharedFolder.Require("ovn-lab", "captures", capture + ".pcap");
        CapturePipeline line = CapturePipeline.Over(path, new Settings());
        int compared = 0;
        foreach (IGrouping<string, (string Agent, uint Uptime, uint[] Values)> readings in Corpus.Payloads(path).SelectMany(Readings).GroupBy(reading => reading.Agent))
        {
            double[] expected = new double[6];
            (uint Uptime, uint[] Values)? last = null;
            foreach ((_, uint uptime, uint[] values) in readings)
            {
                for (int i = 0; last is { } before && i < 6; i++)
                    expected[i] += values[i] == uint.MaxValue ? double.NaN : uptime < before.Uptime && values[i] < before.Values[i] ? values[i] : values[i] - before.Values[i];
                last = (uptime, values);
            }
            Agent agent = Enumerable.Range(0, line.Agents.Count).Select(id => line.Agents[id]).Single(one => one.Address.ToString() == readings.Key);
            OvsFigures found = agent.ReadOvs()!.Value;
            Assert.Equal(expected, [found.UserSeconds!.Value * 1e3, found.SystemSeconds!.Value * 1e3, found.Hits!.Value, found.Misses!.Value, found.Lost!.Value, found.MaskHits ?? double.NaN], (one, other) => double.IsNaN(one) ? double.IsNaN(other) : Math.Abs(one - other) < 1e-6);
            output.WriteLine($"{capture} {readings.Key}: {readings.Count()} readings, {agent.Restarts} restarts, {found}");
            compared++;
        }
        Assert.Equal(2, compared);
    }

    /// <summary>Every compact counter sample with records 2203 and 2207: user, system, hits, misses, lost, mask hits.</summary>
    private static IEnumerable<(string Agent, uint Uptime, uint[] Values)> Readings(byte[] payload)
    {
        uint Word(int at) => BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at));
        if (Word(4) != 1) yield break;
        string agent = new System.Net.IPAddress(payload.AsSpan(8, 4)).ToString();
        int sample = 28;
        for (uint samples = Word(24); samples > 0; samples--, sample += 8 + (int)Word(sample + 4))
        {
            if (Word(sample) != 2) continue;
            uint[] values = new uint[6];
            bool found = false;
            int record = sample + 20;
            for (uint records = Word(sample + 16); records > 0; records--, record += 8 + (int)Word(record + 4))
            {
                if (Word(record) == 2203) (values[0], values[1]) = (Word(record + 8), Word(record + 12));
                if (Word(record) != 2207) continue;
                found = true;
                for (int i = 0; i < 4; i++) values[2 + i] = Word(record + 8 + 4 * i);
            }
            if (found) yield return (agent, Word(20), values);
        }
    }
}
