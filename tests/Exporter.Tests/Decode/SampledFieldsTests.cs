using SFlow.Exporter.Decode;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>Samples whose agent sends fields instead of a header, agents that do not name themselves, and packets above 64 KiB.</summary>
public sealed class SampledFieldsTests
{
    private static readonly byte[] Packet4 = DatagramBuilder.Words(1_212, 6, 0x0A010203, 0x0A010204, 5_577, 8_181, 0x12, 0x20);
    private static readonly byte[] Packet6 = [.. DatagramBuilder.Words(777, 17, 0xFD000000, 0, 0, 1, 0xFD000000, 0, 0, 2), .. DatagramBuilder.Words(5_577, 53, 0, 0)];
    private static readonly byte[] Frame = DatagramBuilder.Words(1_230, 0x0A0B0C0D, 0x0E0F0000, 0x02030405, 0x06070000, 0x0800);

    [Fact]
    public void An_IPv4_packet_in_fields_is_a_flow()
    {
        Flow record = Read(new FlowSampleBuilder { SamplingRate = 10 }.Add(3, Packet4));
        Assert.Equal((SampleFault.None, 12_120ul, 10ul), (record.Fault, record.Bytes, record.Packets));
        Assert.Equal(("10.1.2.3", "10.1.2.4", 5_577, 8_181), (record.Source.ToString(), record.Destination.ToString(), record.SourcePort, record.DestinationPort));
        Assert.Equal((6, 0x20, 0x12, 1_212u), (record.Protocol, record.Tos, record.TcpFlags, record.IpLength));
        // No sequence number is known, so the packet has no part in what is read from those.
        Assert.Equal(PacketFacts.IPv4 | PacketFacts.Ports, record.Facts);
    }

    [Fact]
    public void An_IPv6_packet_in_fields_is_a_flow()
    {
        Flow record = Read(new FlowSampleBuilder { SamplingRate = 10, Expanded = true }.Add(4, Packet6));
        Assert.Equal((SampleFault.None, 7_770ul), (record.Fault, record.Bytes));
        Assert.Equal(("fd00::1", "fd00::2", 5_577, 53), (record.Source.ToString(), record.Destination.ToString(), record.SourcePort, record.DestinationPort));
    }

    [Fact]
    public void The_frame_beside_it_has_the_length()
    {
        foreach (FlowSampleBuilder sample in (FlowSampleBuilder[])[new FlowSampleBuilder().Add(2, Frame).Add(3, Packet4), new FlowSampleBuilder().Add(3, Packet4).Add(2, Frame)])
        {
            Flow record = Read(sample);
            Assert.Equal((1_230u, 1_212u, 0x0A0B0C0D0E0Ful, 0x020304050607ul), (record.FrameLength, record.IpLength, record.SourceMac, record.DestinationMac));
        }
    }

    [Fact]
    public void A_header_goes_before_the_fields()
    {
        Flow record = Read(new FlowSampleBuilder().Add(3, Packet4).AddHeader(PacketBuilder.TcpFrame()).Add(2, Frame));
        Assert.Equal(("10.128.0.5", 443), (record.Source.ToString(), record.DestinationPort));
        Assert.Equal((uint)PacketBuilder.TcpFrame().Length + 4, record.FrameLength);
    }

    [Fact]
    public void Fields_fill_a_header_that_cannot_be_read()
    {
        Flow record = Read(new FlowSampleBuilder().AddHeader(new byte[60], protocol: 5, frameLength: 1_300).Add(3, Packet4));
        Assert.Equal(("10.1.2.3", 1_300u), (record.Source.ToString(), record.FrameLength));
    }

    [Fact]
    public void Fields_that_are_cut_give_nothing()
    {
        for (int length = 0; length < Packet4.Length; length++)
        {
            Collector collector = new Collector().Take(new DatagramBuilder().Add(new FlowSampleBuilder().Add(3, Packet4[..length])).Build());
            Flow record = Assert.Single(collector.Records);
            Assert.Equal((SampleFault.NoSampledHeader, false), (record.Fault, record.Source.IsSome));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(2u)]
    public void An_agent_that_does_not_name_itself_is_its_sender(uint type)
    {
        byte[] datagram = new DatagramBuilder { Sequence = 9 }.Add(new FlowSampleBuilder().AddHeader(PacketBuilder.TcpFrame())).Build();
        byte[] unnamed = [.. DatagramBuilder.Words(5, type), .. new byte[type switch { 0 => 0, 1 => 4, _ => 16 }], .. datagram[12..]];
        Collector collector = new Collector().Take(unnamed);
        Flow record = Assert.Single(collector.Records);
        Assert.Equal(("192.0.2.7", 9u, 1L), (record.AgentAddress.ToString(), record.DatagramSequence, collector.Worker[DatagramOutcome.Ok]));
    }

    [Theory]
    [InlineData(300_018u, "None")]
    [InlineData(8u * 65_535, "None")]
    [InlineData((8u * 65_535) + 300, "FrameTooLong")]
    public void A_packet_above_64_KiB_is_counted(uint frameLength, string fault)
    {
        byte[] ip = PacketBuilder.IPv4("10.128.0.5", "10.129.0.9", 6, PacketBuilder.Tcp(40_000, 443));
        ip[2] = ip[3] = 0;
        Flow record = Read(new FlowSampleBuilder().AddHeader(PacketBuilder.Ethernet(0x0800, ip), frameLength: frameLength));
        Assert.Equal((fault, frameLength - 18), (record.Fault.ToString(), record.IpLength));
    }

    [Fact]
    public void A_frame_above_64_KiB_of_a_packet_below_is_a_fault()
    {
        Flow record = Read(new FlowSampleBuilder().AddHeader(PacketBuilder.TcpFrame(), frameLength: 300_018));
        Assert.Equal(SampleFault.FrameTooLong, record.Fault);
    }

    private static Flow Read(FlowSampleBuilder sample)
    {
        Collector collector = new Collector().Take(new DatagramBuilder().Add(sample).Build());
        Assert.Empty(collector.Worker.Skipped.Read());
        return Assert.Single(collector.Records);
    }
}
