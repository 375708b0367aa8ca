using SFlow.Exporter.Pipeline;
using SFlow.Packets;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

public sealed class FlowTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_field_of_a_sample_reaches_its_record(bool expanded)
    {
        byte[] header = PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.128.0.5", "10.129.0.9", 6, PacketBuilder.Tcp(40_000, 443, 77, 88, 0x12)), 7, 9);
        byte[] payload = new DatagramBuilder { SubAgentId = 3, Sequence = 41, Uptime = 5_000 }
            .Add(new FlowSampleBuilder { Expanded = expanded, Sequence = 12, SamplePool = 4_800, Drops = 2 }
                .Add(1001, DatagramBuilder.Words(0, 0, 0, 0))
                .AddHeader(header, frameLength: 1_518)
                .Add(1030, DatagramBuilder.Words(5))
                .Add(1024, DatagramBuilder.Words(0, 17, 0x0A000001, 0x0A000002, 49_431, 49_431, 0, 0)))
            .Build();

        Flow record = Assert.Single(new Collector().Take(payload).Records);

        Assert.Equal(Collector.Origin.TimestampNanoseconds, record.TimestampNanoseconds);
        Assert.Equal("10.128.0.2", record.AgentAddress.ToString());
        Assert.Equal((3u, 41u, 5_000u), (record.SubAgentId, record.DatagramSequence, record.UptimeMilliseconds));
        Assert.Equal((12u, expanded ? 3u : 1u, 2u, 1000u), (record.SampleSequence, record.SampleFormat, record.SourceIdType, record.SourceIdIndex));
        Assert.Equal((400u, 4_800u, 2u), (record.SamplingRate, record.SamplePool, record.Drops));
        Assert.Equal((0u, 7u, 1u, 256u), (record.InputFormat, record.InputValue, record.OutputFormat, record.OutputValue));
        Assert.Equal((1u, 1_518u, 4u), (record.HeaderProtocol, record.FrameLength, record.Stripped));
        Assert.Equal((0x0A580A800001ul, 0x0A580A800005ul, 0x0800), (record.SourceMac, record.DestinationMac, record.EtherType));
        Assert.Equal((7, 9), (record.VlanId, record.InnerVlanId));
        Assert.Equal(("10.128.0.5", "10.129.0.9"), (record.Source.ToString(), record.Destination.ToString()));
        Assert.Equal((40_000, 443, 6), (record.SourcePort, record.DestinationPort, record.Protocol));
        Assert.Equal((63, 0x10, 0x12, 40u), (record.Ttl, record.Tos, record.TcpFlags, record.IpLength));
        Assert.Equal((77u, 88u), (record.TcpSequence, record.TcpAcknowledgement));
        Assert.Equal((5u, 0x0A000001u, 0x0A000002u), (record.TunnelVni, record.TunnelSource, record.TunnelDestination));
        Assert.Equal(
            PacketFacts.Ethernet | PacketFacts.Vlan | PacketFacts.IPv4 | PacketFacts.Ports | PacketFacts.Tcp | PacketFacts.TunnelIngress, record.Facts);
        Assert.Equal((SampleFault.None, 1_514ul * 400, 400ul), (record.Fault, record.Bytes, record.Packets));
        Assert.Equal(-1, record.ObserverNode);
    }

    [Fact]
    public void A_later_fragment_has_no_ports_but_its_offset()
    {
        byte[] header = PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.128.0.5", "10.129.0.9", 17, PacketBuilder.Udp(1, 2), fragment: 0x2000 | 185));
        Flow record = Assert.Single(new Collector().Take(new DatagramBuilder().Add(new FlowSampleBuilder().AddHeader(header)).Build()).Records);

        Assert.Equal(PacketFacts.Ethernet | PacketFacts.IPv4 | PacketFacts.Fragment, record.Facts);
        Assert.Equal((0, 0, 185), (record.SourcePort, record.DestinationPort, record.FragmentOffset));
        Assert.Equal(SampleFault.None, record.Fault);
    }

    [Fact]
    public void ARP_has_no_addresses()
    {
        byte[] header = PacketBuilder.Ethernet(0x0806, new byte[28]);
        Flow record = Assert.Single(new Collector().Take(new DatagramBuilder().Add(new FlowSampleBuilder().AddHeader(header)).Build()).Records);

        Assert.Equal(PacketFacts.Ethernet | PacketFacts.Arp, record.Facts);
        Assert.False(record.Source.IsSome || record.Destination.IsSome);
    }

    /// <summary>The decode stage casts one flag set to the other.</summary>
    [Fact]
    public void Shared_facts_have_the_same_bits_in_packet_and_record()
    {
        foreach (PacketFields field in Enum.GetValues<PacketFields>().Where(field => field != PacketFields.None && SFlow.Exporter.Decode.FlowSampleReader.SharedFacts.HasFlag(field)))
        {
            Assert.Equal((ushort)field, (ushort)Enum.Parse<PacketFacts>(field.ToString()));
        }
    }
}
