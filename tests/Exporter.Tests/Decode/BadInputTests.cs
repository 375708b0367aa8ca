using System.Net;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

public sealed class BadInputTests
{
    private static readonly byte[] Frame = PacketBuilder.TcpFrame();

    [Theory]
    [InlineData(0u, 100u, 4u, "ZeroSamplingRate")]
    [InlineData(16_777_217u, 100u, 4u, "SamplingRateTooHigh")]
    [InlineData(16_777_216u, 100u, 4u, "None")]
    [InlineData(400u, 100u, 101u, "StrippedAboveFrameLength")]
    [InlineData(400u, 100u, 100u, "None")]
    [InlineData(400u, 65_535u + 257, 4u, "FrameTooLong")]
    [InlineData(400u, 65_535u + 256, 4u, "None")]
    public void An_impossible_sample_is_named_and_has_no_volume(uint rate, uint frameLength, uint stripped, string expected)
    {
        SampleFault fault = Enum.Parse<SampleFault>(expected);
        byte[] payload = new DatagramBuilder().Add(new FlowSampleBuilder { SamplingRate = rate }.AddHeader(Frame, 1, frameLength, stripped)).Build();
        Collector collector = new Collector().Take(payload);

        Flow record = Assert.Single(collector.Records);
        Assert.Equal(fault, record.Fault);
        Assert.Equal(fault == SampleFault.None ? (ulong)(frameLength - stripped) * rate : 0, record.Bytes);
        Assert.Equal(1, collector.Worker[fault]);
        Assert.Equal(1, collector.Worker[DatagramOutcome.Ok]);
    }

    [Fact]
    public void A_sample_without_header_is_named()
    {
        byte[] payload = new DatagramBuilder().Add(new FlowSampleBuilder().Add(1001, DatagramBuilder.Words(1, 0, 1, 0))).Build();
        Assert.Equal(SampleFault.NoSampledHeader, Assert.Single(new Collector().Take(payload).Records).Fault);
    }

    [Fact]
    public void The_highest_believed_sampling_rate_is_an_option()
    {
        byte[] payload = new DatagramBuilder().Add(new FlowSampleBuilder { SamplingRate = 401 }.AddHeader(Frame)).Build();
        Assert.Equal(SampleFault.SamplingRateTooHigh, Assert.Single(new Collector(new CountOptions { MaximumSamplingRate = 400 }).Take(payload).Records).Fault);
    }

    public static TheoryData<string, byte[]> Rejected() => new()
    {
        { "Empty", [] },
        { "NotSflow", "GET / HTTP/1.1\r\n"u8.ToArray() },
        { "NotSflow", new byte[64] },
        { "NotSflow", [1, 2] },
        { "Truncated", [0, 0] },
        { "Truncated", DatagramBuilder.Words(5, 1) },
        { "BadVersion", new DatagramBuilder { Version = 6 }.Build() },
        { "BadVersion", DatagramBuilder.Words(4, 3) },
        { "Version4", new DatagramBuilder { Version = 4 }.Build() },
        { "Version2", new DatagramBuilder { Version = 2 }.Build() },
        { "BadAgentAddress", DatagramBuilder.Words(5, 3, 1, 2, 3, 4, 5, 6) },
        { "BadAgentAddress", DatagramBuilder.Words(5, 4, 1, 2, 3, 4, 5, 6) },
        { "AbsurdCount", new DatagramBuilder { SampleCount = uint.MaxValue }.Add(new FlowSampleBuilder().AddHeader(Frame)).Build() },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public void An_unreadable_datagram_gives_nothing_but_its_outcome(string outcome, byte[] payload)
    {
        Collector collector = new Collector().Take(payload);

        Assert.Empty(collector.Records);
        Assert.Equal(1, collector.Worker[Enum.Parse<DatagramOutcome>(outcome)]);
        Assert.Equal((1, payload.Length), (collector.Worker.Received, collector.Worker.ReceivedBytes));
    }

    [Fact]
    public void Whole_samples_before_the_cut_are_used()
    {
        byte[] payload = new DatagramBuilder()
            .Add(new FlowSampleBuilder { Sequence = 1 }.AddHeader(Frame)).Add(new FlowSampleBuilder { Sequence = 2 }.AddHeader(Frame)).Build();
        Collector collector = new Collector().Take(payload[..^1]);

        Assert.Equal(1u, Assert.Single(collector.Records).SampleSequence);
        Assert.Equal(1, collector.Worker[DatagramOutcome.Truncated]);
        Assert.Equal(0, collector.Worker[DatagramOutcome.Ok]);
    }

    [Fact]
    public void A_bad_record_loses_that_record_only()
    {
        byte[] badHeader = [.. DatagramBuilder.Words(1, 100, 4, 5_000), .. new byte[64]];
        byte[] payload = new DatagramBuilder()
            .Add(new FlowSampleBuilder { Sequence = 1 }.Add(1, badHeader).Add(1030, DatagramBuilder.Words(9)))
            .Add(new FlowSampleBuilder { Sequence = 2 }.AddHeader(Frame)).Build();
        Collector collector = new Collector().Take(payload);

        Assert.Equal([SampleFault.NoSampledHeader, SampleFault.None], collector.Records.Select(record => record.Fault));
        Assert.Equal(9u, collector.Records[0].TunnelVni);
        Assert.Equal(1, collector.Worker[DatagramOutcome.Malformed]);
    }

    [Fact]
    public void A_record_that_runs_past_its_sample_loses_no_other_sample()
    {
        byte[] sample = new FlowSampleBuilder { Sequence = 1 }.AddHeader(Frame).Add(1001, new byte[16]).Build();
        sample[^17] = 200;
        byte[] payload = new DatagramBuilder().Add(1, sample).Add(new FlowSampleBuilder { Sequence = 2 }.AddHeader(Frame)).Build();
        Collector collector = new Collector().Take(payload);

        Assert.Equal([1u, 2u], collector.Records.Select(record => record.SampleSequence));
        Assert.All(collector.Records, record => Assert.Equal(SampleFault.None, record.Fault));
        Assert.Equal(1, collector.Worker[DatagramOutcome.Malformed]);
    }

    [Fact]
    public void Bytes_after_the_last_record_and_the_last_sample_are_allowed()
    {
        byte[] sample = [.. new FlowSampleBuilder().AddHeader(Frame).Build(), 1, 2, 3, 4];
        Collector collector = new Collector().Take(new DatagramBuilder { Trailer = new byte[13] }.Add(1, sample).Build());

        Assert.Single(collector.Records);
        Assert.Equal(1, collector.Worker[DatagramOutcome.Ok]);
    }

    [Fact]
    public void Unknown_structures_are_counted_by_type()
    {
        byte[] payload = new DatagramBuilder { Agent = IPAddress.Parse("fd00::1") }
            .Add(8800u << 12 | 7, new byte[12])
            .Add(new FlowSampleBuilder().Add(4413u << 12 | 1, new byte[4]).AddHeader(Frame).Add(4413u << 12 | 1, new byte[4]))
            .Add(new CounterSampleBuilder().Add(2000, new byte[60])).Build();
        Collector collector = new Collector().Take(payload);

        Assert.Equal(
            [
                new SkippedStructure(StructureKind.Sample, 8800, 7, 1),
                new SkippedStructure(StructureKind.FlowRecord, 4413, 1, 2),
                new SkippedStructure(StructureKind.CounterRecord, 0, 2000, 1),
            ],
            collector.Worker.Skipped.Read().OrderBy(skipped => skipped.Kind));
        Assert.Equal(1, collector.Worker[DatagramOutcome.Ok]);
        Assert.Single(collector.Records);
    }

    [Fact]
    public void Types_from_the_wire_cannot_grow_the_table_without_end()
    {
        SkippedStructures skipped = new();
        for (uint tag = 0; tag < 100_000; tag++) skipped.Count(StructureKind.Sample, tag * 7_919);

        Assert.Equal(SkippedStructures.MaximumTypes, skipped.Read().Count());
        Assert.Equal(100_000, skipped.Other + skipped.Read().Sum(structure => structure.Count));
    }
}
