using SFlow.Exporter.Agents;
using SFlow.Exporter.Calibration;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Agents;

namespace SFlow.Exporter.Tests.Calibration;

/// <summary>Which windows are compared with counters, and which are not because they were not seen whole.</summary>
public sealed class CalibrationStageTests
{
    private const uint Port = 7;

    private static readonly AgentOptions Options = new() { MaximumPorts = 6, MaximumPortsPerAgent = 4 };

    private readonly AgentRegistry agents = new(Options);
    private readonly PortCalibration calibration;
    private readonly CalibrationStage stage;
    private readonly Agent agent;

    public CalibrationStageTests()
    {
        calibration = new PortCalibration(agents, Options);
        stage = new CalibrationStage(calibration);
        agent = Hear("10.128.0.2", 1, 1_000);
    }

    [Fact]
    public void A_window_lies_between_two_counter_samples_of_one_port()
    {
        Samples(50, 1_000);                                 // before the first counter sample: their window has no start
        Counters(0, 1_000_000);
        Samples(40, 1_000);
        Samples(60, 500, port: 8);                          // a port that sends no counters
        Counters(30, 1_000_000 + (40 * 400_000));
        Samples(10, 1_000);                                 // of a window that has not ended
        Assert.Equal((16_000_000.0, 16_000_000.0, 40L), Sums());
        Assert.Equal(1.0, calibration.Read(agent.Id, recent: true).Ratio);
    }

    [Fact]
    public void Samples_that_are_no_traffic_or_came_by_no_single_port_take_no_part()
    {
        Counters(0, 0);
        Process(new Flow { InputValue = Port, SamplingRate = 400, FrameLength = 104, Stripped = 4, Fault = SampleFault.SamplingRateTooHigh });
        Process(new Flow { InputFormat = 2, InputValue = Port, SamplingRate = 400, FrameLength = 104, Stripped = 4 });
        Process(new Flow { InputValue = 0, SamplingRate = 400, FrameLength = 104, Stripped = 4 });
        Counters(30, 900);
        Assert.Equal((0.0, 900.0, 0L), Sums());
    }

    [Fact]
    public void The_frame_check_sequence_is_no_part_of_either_side()
    {
        Counters(0, 0);
        Process(new Flow { InputValue = Port, SamplingRate = 1, FrameLength = 104, Stripped = 4 });
        Counters(30, 100);
        Assert.Equal((100.0, 100.0, 1L), Sums());
    }

    [Fact]
    public void A_window_with_a_restart_a_fallen_or_an_unknown_counter_is_left_out_and_the_next_one_counts()
    {
        Counters(0, 5_000_000);
        Samples(10, 1_000);
        Counters(30, 4_000_000);                            // fell: another port has the index now
        Samples(10, 1_000);
        Counters(60, ulong.MaxValue);                       // not kept
        Samples(10, 1_000);
        Counters(90, 9_000_000);
        Samples(10, 1_000);
        Hear("10.128.0.2", 1, 0, second: 100);              // sequence and uptime begin again
        Assert.Equal(1, agent.Restarts);
        Counters(120, 13_000_000);
        Assert.Equal(default, Sums());
        Samples(10, 1_000);
        Counters(150, 17_000_000);
        Assert.Equal((4_000_000.0, 4_000_000.0, 10L), Sums());
    }

    [Fact]
    public void Ports_that_share_an_index_are_left_out_for_good()
    {
        for (int second = 0; second < 300; second += 30)
        {
            Counters(second, (ulong)second * 1_000, name: second / 30 % 2 == 0 ? 1 : 2);
            Samples(10, 1_000);
        }
        Counters(300, 999_999, name: 1);
        Counters(330, 999_999, name: 1);                    // the sample of the other one was lost
        Assert.Equal(default, Sums());
    }

    [Theory]
    [InlineData(29, false), InlineData(30, true)]
    public void Below_thirty_samples_there_is_no_ratio(int samples, bool known)
    {
        Counters(0, 0);
        Samples(samples, 1_000);
        Counters(30, (ulong)samples * 400_000);
        Assert.Equal(known, calibration.Read(agent.Id, recent: false).Ratio is not null);
        Assert.Equal(known, calibration.Read(agent.Id, recent: false).Error is not null);
    }

    /// <summary>One large packet that came as 45 segments is one sample of its whole length; the expected error is worked out by hand.</summary>
    [Fact]
    public void Segments_of_one_large_packet_are_one_sample()
    {
        Counters(0, 0);
        for (uint burst = 0; burst < 10; burst++)
            for (uint segment = 0; segment < 45; segment++)
                Process(Segment(segment));
        Counters(30, 450 * 1_414 * 400);
        double variance = 10 * 400.0 * 399 * Math.Pow(45 * 1_414, 2), estimate = 450 * 1_414 * 400.0;
        Assert.Equal(Math.Exp(1.96 * Math.Sqrt(variance) / estimate) - 1, calibration.Read(agent.Id, recent: false).Error!.Value, 1e-9);
    }

    [Fact]
    public void The_error_is_that_of_the_estimate_times_the_ratio()
    {
        Counters(0, 0);
        Samples(100, 1_000);
        Counters(30, 50_000_000);
        // A hundred samples at 1 in 400: exp(1.96 / 10 * sqrt(399 / 400)) - 1 = 0.2162 of the estimate, which is 0.8 of what was counted.
        Assert.Equal(0.8, calibration.Read(agent.Id, recent: false).Ratio);
        Assert.Equal(0.173, calibration.Read(agent.Id, recent: false).Error!.Value, 1e-3);
    }

    [Fact]
    public void The_error_is_what_sampling_at_random_makes_of_it()
    {
        // A thousand runs of a port that sent 20 000 frames of one of three lengths: 95 of 100 intervals should hold 1.
        Random random = new(7);
        int held = 0;
        for (int run = 0; run < 1_000; run++)
        {
            CalibrationSums sums = default;
            double sent = 0;
            for (int frame = 0; frame < 20_000; frame++)
            {
                double length = random.Next(3) switch { 0 => 60, 1 => 590, _ => 1_514 };
                sent += length;
                if (random.Next(64) == 0) sums += new CalibrationSums(64 * length, 0, 64 * 63 * length * length, 1);
            }
            sums = sums with { Counted = sent };
            if (Math.Abs(sums.Ratio!.Value - 1) <= sums.Error!.Value) held++;
        }
        Assert.InRange(held, 925, 975);
        TestContext.Current.SendDiagnosticMessage($"calibration: {held} of 1000 intervals of 95 % hold the truth");
    }

    [Fact]
    public void Recent_sums_forget_and_total_ones_do_not()
    {
        for (int second = 0; second <= 3_600; second += 30)
        {
            Counters(second, (ulong)(second / 30) * 400_000);
            Samples(1, 1_000);
        }
        Assert.Equal(120, calibration.Read(agent.Id, recent: false).Samples);
        Assert.InRange(calibration.Read(agent.Id, recent: true).Samples, 20, 40);
    }

    [Fact]
    public void Ports_are_bounded_by_agent_and_in_all_refusals_are_counted_and_those_that_left_make_room()
    {
        Agent other = Hear("10.128.2.2", 1, 1_000);
        for (uint port = 1; port <= 5; port++) Counters(0, 0, port: port);
        for (uint port = 1; port <= 5; port++) Counters(0, 0, port: port, of: other);
        Assert.Equal((6, 1 + 3), (calibration.Ports, calibration.RefusedPorts));
        Counters(500, 0, port: 1);
        calibration.Keep(Heard.At(900));
        Assert.Equal(1, calibration.Ports);
        Counters(901, 0, port: 9, of: other);
        Assert.Equal((2, 4), (calibration.Ports, calibration.RefusedPorts));
    }

    [Fact]
    public void Samples_of_several_agents_in_one_batch_go_each_to_its_own()
    {
        Agent other = Hear("10.128.2.2", 1, 1_000);
        Counters(0, 0);
        Counters(0, 0, of: other);
        Flow[] batch = [.. Enumerable.Range(0, 64).Select(place => new Flow
        {
            Agent = place % 3 == 0 ? other.Id : agent.Id, InputValue = Port, SamplingRate = 1, FrameLength = (uint)place + 4, Stripped = 4,
        })];
        stage.Process(batch);
        Counters(30, 1_000);
        Counters(30, 1_000, of: other);
        Assert.Equal(batch.Where(record => record.Agent == agent.Id).Sum(record => (double)record.Bytes), calibration.Read(agent.Id, recent: false).Estimated);
        Assert.Equal(batch.Where(record => record.Agent == other.Id).Sum(record => (double)record.Bytes), calibration.Read(other.Id, recent: false).Estimated);
    }

    [Fact]
    public void An_agent_that_takes_the_id_of_an_evicted_one_begins_anew_and_its_ports_have_room()
    {
        AgentOptions options = new() { Maximum = 1, MaximumPorts = 1 };
        AgentRegistry registry = new(options);
        PortCalibration ports = new(registry, options);
        Agent evicted = Hear("10.128.0.2", 1, 1_000, of: registry);
        ports.Turn(Of(evicted, 0, 0));
        ports.Add(evicted.Id, [new Flow { InputValue = Port, SamplingRate = 1, FrameLength = 104, Stripped = 4 }]);
        ports.Turn(Of(evicted, 30, 100));
        Assert.Equal((1, 100.0), (ports.Ports, ports.Read(evicted.Id, recent: false).Estimated));

        Agent next = Hear("10.128.2.2", 1, 1_000, second: 600, of: registry);
        Assert.Equal((evicted.Id, true), (next.Id, evicted.IsEvicted));
        Assert.Equal(default, ports.Read(next.Id, recent: false));
        ports.Turn(Of(next, 600, 0));
        ports.Add(next.Id, [new Flow { InputValue = Port, SamplingRate = 1, FrameLength = 54, Stripped = 4 }]);
        ports.Turn(Of(next, 630, 50));
        Assert.Equal((1, 0L, 50.0), (ports.Ports, ports.RefusedPorts, ports.Read(next.Id, recent: false).Estimated));

        Hear("10.128.4.2", 1, 1_000, second: 1_300, of: registry);
        ports.Keep(Heard.At(1_300));
        Assert.Equal(0, ports.Ports);

        static CounterRecord Of(Agent agent, int second, ulong octets) =>
            new() { SteadyNanoseconds = Heard.At(second), Agent = agent.Id, HasInterface = true, IfIndex = Port, IfInOctets = octets };
    }

    private (double Estimated, double Counted, long Samples) Sums()
    {
        CalibrationSums sums = calibration.Read(agent.Id, recent: false);
        return (sums.Estimated, sums.Counted, sums.Samples);
    }

    private void Samples(int count, uint length, uint port = Port) => Process(
        [.. Enumerable.Repeat(new Flow { InputValue = port, SamplingRate = 400, FrameLength = length + 4, Stripped = 4 }, count)]);

    /// <summary>A sample of a burst of segments of 1,414 bytes; BurstTests say how such a burst is recognized.</summary>
    private static Flow Segment(uint segment) => new()
    {
        InputValue = Port, SamplingRate = 400, FrameLength = 1_418, Stripped = 4, Before = new Burst(segment * 1_414, segment),
    };

    private void Process(params Flow[] records)
    {
        foreach (ref Flow record in records.AsSpan()) record.Agent = agent.Id;
        stage.Process(records);
    }

    private void Counters(int second, ulong octets, uint port = Port, int name = 0, Agent? of = null) => stage.Process(
        new CounterRecord { SteadyNanoseconds = Heard.At(second), Agent = (of ?? agent).Id, HasInterface = true, IfIndex = port, IfInOctets = octets, PortName = name });

    private Agent Hear(string address, uint sequence, uint uptime, int second = 0, AgentRegistry? of = null)
    {
        (of ?? agents).Observe(new DatagramIdentity(Heard.Parse(address), 0, sequence, uptime, 200), new DatagramOrigin(Heard.At(second), Heard.Parse(address), 40_000), out Agent? heard);
        return heard!;
    }
}
