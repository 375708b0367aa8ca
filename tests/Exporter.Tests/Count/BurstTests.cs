using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Count;

/// <summary>Samples that were drawn together count as one draw of their whole length; the expected variances are worked out by hand.</summary>
public sealed class BurstTests
{
    private const uint Rate = 400, Length = 1_414;
    private const double Spread = 400.0 * 399;

    private readonly Family<FlowFamily> family = new(new Registries(), FamilyLimits.None, 0);
    private readonly BurstStage bursts = new();
    private readonly CountStage count;

    public BurstTests() => count = new FamilySet(family).NewStage();

    [Fact]
    public void Segments_of_one_large_packet_are_one_draw_of_its_whole_length()
    {
        foreach (Flow segment in Segments(1_000, 45)) Process([segment]);
        FlowTotals totals = Read();

        Assert.Equal((45UL * Length * Rate, 45UL * Rate, 45UL), (totals.Bytes, totals.Packets, totals.Samples));
        Assert.Equal(Spread * Math.Pow(45 * Length, 2), totals.BytesVariance, 1.0);
        Assert.Equal(Spread * 45 * 45, totals.PacketsVariance, 1e-3);
    }

    [Fact]
    public void A_short_last_segment_belongs_to_it_and_what_follows_its_PSH_does_not()
    {
        Flow[] large = [.. Segments(1_000, 3)];
        Flow tail = large[2] with { TcpFlags = 0x18, IpLength = 700, FrameLength = 718 };
        Flow next = Segments(tail.TcpSequence + 648, 1).Single();
        Process([large[0], large[1], tail, next]);

        Assert.Equal(Spread * (Math.Pow(Length + Length + 714, 2) + Math.Pow(Length, 2)), Read().BytesVariance, 1.0);
    }

    [Fact]
    public void Two_bursts_and_single_samples_of_others_may_be_mixed()
    {
        Flow[] one = [.. Segments(1_000, 10)], other = [.. Segments(77_000, 10).Select(segment => segment with { SourcePort = 40_001 })];
        Flow[] datagrams = [.. Enumerable.Range(0, 10).Select(i => new Flow { Protocol = 17, Counted = true, SamplingRate = Rate, FrameLength = 104, Stripped = 4, SourcePort = (ushort)i })];
        for (int i = 0; i < 10; i++) Process([one[i], datagrams[i], other[i]]);

        Assert.Equal(Spread * ((2 * Math.Pow(10 * Length, 2)) + (10 * Math.Pow(100, 2))), Read().BytesVariance, 1.0);
    }

    [Fact]
    public void A_burst_of_which_a_part_came_a_second_later_is_one_whatever_other_agents_sent_meanwhile()
    {
        Flow[] large = [.. Segments(1_000, 20)];
        Process(large.AsSpan(0, 15));
        for (int agent = 1; agent < 1_000; agent++)
            Process([.. Segments((uint)agent * 100_000, 4).Select(segment => segment with { Agent = agent, SamplingRate = 1 }), .. Segments((uint)agent * 100_000, 4).Select(segment => segment with { Agent = agent, SourcePort = (ushort)agent })]);
        Process(large.AsSpan(15));

        Assert.Equal(1, Read().BytesVariance / (Spread * (Math.Pow(20 * Length, 2) + (999 * Math.Pow(4 * Length, 2)))), 1e-9);
    }

    [Theory]
    [InlineData("another agent"), InlineData("another connection"), InlineData("a gap"), InlineData("the same again"), InlineData("longer than before"), InlineData("faulty")]
    public void What_only_resembles_a_burst_is_none(string what)
    {
        Flow[] two = [.. Segments(1_000, 2)];
        ref Flow second = ref two[1];
        switch (what)
        {
            case "another agent": second.Agent = 1; break;
            case "another connection": second.DestinationPort++; break;
            case "a gap": second.TcpSequence += 1_348; break;
            case "the same again": second = two[0]; break;
            case "longer than before": second.IpLength++; break;
            default: (two[0].Fault, two[0].Counted) = (SampleFault.SamplingRateTooHigh, false); break;
        }
        Process(two);

        FlowTotals totals = Read();
        Assert.Equal(Spread * Math.Pow(Length, 2) * totals.Samples, totals.BytesVariance, 1.0);
    }

    [Fact]
    public void At_sampling_1_nothing_is_uncertain()
    {
        Process([.. Segments(1_000, 50).Select(segment => segment with { SamplingRate = 1 })]);
        FlowTotals totals = Read();

        Assert.Equal((0.0, 0.0), (totals.BytesVariance, totals.PacketsVariance));
        Assert.Equal("± 0 %", totals.BytesError.ToString());
    }

    [Fact]
    public void A_burst_without_end_is_cut_where_no_packet_can_be_so_large()
    {
        Process([.. Segments(0, 1_000)]);
        int most = (int)Math.Ceiling(8.0 * 65_536 / Length);
        double expected = 0;
        for (int left = 1_000; left > 0; left -= most) expected += Math.Pow(Math.Min(left, most) * (double)Length, 2);

        Assert.Equal(1, Read().BytesVariance / (Spread * expected), 1e-9);
    }

    /// <summary>Segments as the kernel cuts them: 1,348 bytes of payload behind IP, TCP and its timestamps.</summary>
    private static IEnumerable<Flow> Segments(uint sequence, int count) => Enumerable.Range(0, count).Select(i => new Flow
    {
        Protocol = 6, Facts = PacketFacts.Tcp | PacketFacts.Ports | PacketFacts.IPv4, Counted = true, SamplingRate = Rate,
        Source = Address.FromIPv4(0x0A80_0005), Destination = Address.FromIPv4(0x0A80_0205), SourcePort = 40_000, DestinationPort = 8_080,
        FrameLength = Length + 4, Stripped = 4, IpLength = 1_400, TcpFlags = 0x10, TcpSequence = sequence + (uint)i * 1_348,
    });

    private void Process(Span<Flow> records)
    {
        bursts.Process(records);
        count.Process(records);
    }

    private FlowTotals Read() => family.Read().Total;
}
