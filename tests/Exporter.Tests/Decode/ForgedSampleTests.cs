using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>Samples whose claims can't be true are no traffic; what switches and Open vSwitch really do is.</summary>
public sealed class ForgedSampleTests
{
    private const uint LongestFrame = 65_535;
    private static readonly Address Known = Address.FromIPv4(0x0A010101), Other = Address.FromIPv4(0x0A020202);

    private readonly Collector collector = new();
    private uint sequence, uptime = 40_000_000;
    private long now = 1_750_000_000_000_000_000;

    [Fact]
    public void One_datagram_full_of_the_greatest_rates_counts_no_more_than_an_agent_carries_in_a_second()
    {
        Take(Known, [.. Enumerable.Range(1, 600).Select(i => (16_777_216u, (uint)i, (uint)i * 16_777_216u))], LongestFrame);
        Assert.Equal(600, collector.Worker[SampleFault.BandwidthTooHigh] + collector.Records.Count(record => record.Fault == SampleFault.None));
        Assert.InRange(Sum(), 0, 200_000_000_000);
    }

    [Fact]
    public void A_rate_that_the_pool_does_not_bear_out_is_rejected()
    {
        for (uint i = 1; i <= 20; i++) Take(Known, [(512, i, i * 512)]);
        for (uint i = 21; i <= 40; i++) Take(Known, [(9_000_000, i, i * 512)]);
        Assert.Equal((20, 20), (collector.Worker[SampleFault.SamplingRateJump], collector.Records.Count(record => record.Fault == SampleFault.None)));
        for (uint i = 41; i <= 60; i++) Take(Known, [(512, i, i * 512)]);
        Assert.Equal(20, collector.Worker[SampleFault.SamplingRateJump]);
    }

    [Fact]
    public void Another_sender_may_not_raise_the_rate_whatever_its_pool_says()
    {
        for (uint i = 1; i <= 20; i++) Take(Known, [(512, i, i * 512)]);
        for (uint i = 21; i <= 40; i++) Take(Other, [(100_000, i, i * 100_000)]);
        Assert.Equal(20, collector.Worker[SampleFault.SamplingRateJump]);
        // Nor does it take anything from the agent.
        for (uint i = 41; i <= 400; i++) Take(Other, [(512, i, 0)], LongestFrame, 40);
        for (uint i = 21; i <= 40; i++) Take(Known, [(512, i, i * 512)]);
        Assert.Equal(40, collector.Records.Count(record => record.Fault == SampleFault.None && record.FrameLength < 2_000 && record.SamplingRate == 512 && record.SamplePool != 0));
    }

    [Fact]
    public void Open_vSwitch_begins_again_with_another_rate()
    {
        for (uint i = 1; i <= 50; i++) Take(Known, [(400, i, i * 400)]);
        (sequence, uptime) = (0, 0);
        for (uint i = 1; i <= 50; i++) Take(Known, [(10_000, i, i * 10_000)]);
        (sequence, uptime) = (0, 0);
        for (uint i = 1; i <= 50; i++) Take(Known, [(64, i, i * 64)]);
        (sequence, uptime) = (0, 0);
        for (uint i = 1; i <= 50; i++) Take(Known, [(50_000, i, i * 50_000)]);
        Assert.All(collector.Records, record => Assert.Equal(SampleFault.None, record.Fault));
    }

    [Fact]
    public void A_switch_that_counts_its_pool_may_change_its_rate_and_wrap()
    {
        Random random = new(5);
        uint pool = uint.MaxValue - 3_000_000;
        for (uint i = 1; i <= 4_000; i++)
        {
            uint rate = i < 1_500 ? 2_048u : i < 3_000 ? 16_384u : 1_000u;
            pool += (uint)random.Next(1, (int)rate * 2);
            Take(Known, [(rate, 900_000 + i, pool)]);
        }
        // A draw may come soon after the last one, so that the first samples of the higher rate may be in doubt.
        Assert.InRange(collector.Worker[SampleFault.SamplingRateJump], 0, 3);
        Assert.Equal(4_000, collector.Records.Count);
    }

    [Fact]
    public void An_agent_without_a_pool_may_change_its_rate_after_half_a_minute()
    {
        for (uint i = 1; i <= 40; i++) Take(Known, [(1_000, i, 0)]);
        for (uint i = 41; i <= 140; i++) Take(Known, [(4_000, i, 0)]);
        Assert.InRange(collector.Worker[SampleFault.SamplingRateJump], 16, 31);
        Assert.Equal(SampleFault.None, collector.Records[^1].Fault);
    }

    [Fact]
    public void Ports_of_one_switch_may_differ_by_their_speeds()
    {
        for (uint i = 1; i <= 60; i++)
            for (uint port = 1; port <= 8; port++) Take(Known, [(400u << (int)(port % 4 * 2), i, i * (400u << (int)(port % 4 * 2)))], source: port);
        Assert.All(collector.Records, record => Assert.Equal(SampleFault.None, record.Fault));
    }

    [Fact]
    public void A_jump_of_one_port_rejects_no_sample_of_the_other_ports_in_its_datagram()
    {
        const uint Ports = 40, Rounds = 20, Jumping = 23;
        for (uint round = 1; round <= Rounds; round++)
        {
            // Each port has its own numbers and pool. One port claims a rate of 9,000,000 in the second half of the rounds.
            bool jumps = round > Rounds / 2;
            TakePorts([.. Enumerable.Range(1, (int)Ports).Select(port => (Port: (uint)port, Rate: jumps && port == Jumping ? 9_000_000u : 512u, Number: round, Pool: round * 512))]);
        }
        Assert.Equal(Rounds / 2, collector.Worker[SampleFault.SamplingRateJump]);
        Assert.All(collector.Records, record =>
            Assert.Equal(record.SamplingRate == 512 ? SampleFault.None : SampleFault.SamplingRateJump, record.Fault));
        Assert.Equal((int)(Ports * Rounds), collector.Records.Count);
    }

    [Theory]
    [InlineData("tests/captures")]
    [InlineData("../shared/corpus/pcap")]
    [InlineData("../shared/ovn-lab/captures")]
    public void Nothing_that_was_captured_is_rejected(string folder)
    {
        string path = Path.Combine(SharedFolder.Repository, folder);
        if (!Directory.Exists(path)) Assert.Skip($"{path} is absent");
        int samples = 0;
        foreach (string file in Directory.EnumerateFiles(path, "*.pcap"))
        {
            Collector own = new();
            using SFlow.Captures.CaptureReader capture = new(File.OpenRead(file));
            while (capture.TryRead(out SFlow.Captures.CapturedDatagram datagram))
                own.Intake.Take(datagram.Payload, new DatagramOrigin(datagram.TimestampNanoseconds, datagram.Source, datagram.SourcePort));
            own.Intake.Flush();
            Assert.Equal((Path.GetFileName(file), 0L, 0L), (Path.GetFileName(file), own.Worker[SampleFault.SamplingRateJump], own.Worker[SampleFault.BandwidthTooHigh]));
            samples += own.Records.Count;
        }
        Assert.True(samples > 100);
    }

    [Fact]
    public void Forged_sums_do_not_wrap()
    {
        FlowSums sums = default;
        Flow sample = new() { SamplingRate = uint.MaxValue, FrameLength = LongestFrame };
        for (int i = 0; i < 70_000; i++) sums.Add(sample);
        FlowTotals sum = sums.Totals;
        Assert.Equal((UInt128)uint.MaxValue * LongestFrame * 70_000, sum.Bytes);
        Assert.True(sum.Bytes > ulong.MaxValue && sum.BytesVariance > 5e33 && double.IsFinite(sum.BytesVariance));
        FlowTotals two = sum + sum;
        Assert.Equal(sum.Bytes * 2, two.Bytes);
    }

    private double Sum() => collector.Records.Sum(record => (double)record.Bytes);

    /// <summary>A datagram a second later with these samples: rate, number and pool.</summary>
    private void Take(Address sender, (uint Rate, uint Number, uint Pool)[] samples, uint frame = 1_000, int copies = 1, uint source = 1_000)
    {
        DatagramBuilder datagram = new() { Sequence = ++sequence, Uptime = uptime += 1_000 };
        foreach ((uint rate, uint number, uint pool) in samples)
            for (int i = 0; i < copies; i++) Add(datagram, source, rate, number, pool, frame);
        Take(datagram, sender);
    }

    /// <summary>A datagram a second later with one sample of each port.</summary>
    private void TakePorts((uint Port, uint Rate, uint Number, uint Pool)[] samples)
    {
        DatagramBuilder datagram = new() { Sequence = ++sequence, Uptime = uptime += 1_000 };
        foreach ((uint port, uint rate, uint number, uint pool) in samples) Add(datagram, port, rate, number, pool, 1_000);
        Take(datagram, Known);
    }

    private static void Add(DatagramBuilder datagram, uint source, uint rate, uint number, uint pool, uint frame) =>
        datagram.Add(new FlowSampleBuilder { SamplingRate = rate, Sequence = number, SamplePool = pool, Source = (2, source) }.AddHeader(new byte[60], frameLength: frame));

    private void Take(DatagramBuilder datagram, Address sender)
    {
        collector.Intake.Take(datagram.Build(), new DatagramOrigin(now += 1_000_000_000, sender, 5_000));
        collector.Intake.Flush();
    }
}
