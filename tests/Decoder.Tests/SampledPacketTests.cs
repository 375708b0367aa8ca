using SFlow.Packets;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

public sealed class SampledPacketTests
{
    private const PacketFields Ip4 = PacketFields.Ethernet | PacketFields.IPv4, Ip6 = PacketFields.Ethernet | PacketFields.IPv6;
    private static readonly byte[] Tcp = PacketBuilder.Tcp(1, 2, 3, 4, 0x11), Udp = PacketBuilder.Udp(5, 6, [1, 2, 3]);
    private static readonly byte[] Sctp = [0, 7, 0, 8, .. new byte[8]], Ping = [8, 0, 1, 2, 3, 4, 5, 6];

    private static byte[] Ip4Frame(byte protocol, byte[] payload, ushort fragment = 0, byte[]? options = null) =>
        PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", protocol, payload, fragment, options));

    private static byte[] Ip6Frame(byte next, params byte[] payload) => PacketBuilder.Ethernet(0x86DD, PacketBuilder.IPv6("fd00::1", "fd00::2", next, payload));

    public static TheoryData<string, byte[], PacketFields> Frames() => new()
    {
        { "tcp", Ip4Frame(6, Tcp), Ip4 | PacketFields.Ports | PacketFields.Tcp },
        { "udp", Ip4Frame(17, Udp), Ip4 | PacketFields.Ports | PacketFields.UdpLength },
        { "sctp", Ip4Frame(132, Sctp), Ip4 | PacketFields.Ports },
        { "icmp", Ip4Frame(1, Ping), Ip4 | PacketFields.Icmp },
        { "gre", Ip4Frame(47, new byte[8]), Ip4 },
        { "options", Ip4Frame(6, Tcp, options: new byte[40]), Ip4 | PacketFields.Ports | PacketFields.Tcp },
        { "first fragment", Ip4Frame(17, Udp, 0x2000), Ip4 | PacketFields.Fragment | PacketFields.Ports | PacketFields.UdpLength },
        { "later fragment", Ip4Frame(17, Udp, 9), Ip4 | PacketFields.Fragment },
        { "do not fragment", Ip4Frame(17, Udp, 0x4000), Ip4 | PacketFields.Ports | PacketFields.UdpLength },
        { "arp", PacketBuilder.Ethernet(0x0806, new byte[28]), PacketFields.Ethernet | PacketFields.Arp },
        { "ipv6", Ip6Frame(6, Tcp), Ip6 | PacketFields.Ports | PacketFields.Tcp },
        { "icmpv6", Ip6Frame(58, Ping), Ip6 | PacketFields.Icmp },
        { "extensions", Ip6Frame(0, [60, 1, .. new byte[14], 43, 0, .. new byte[6], 17, 2, .. new byte[22], .. Udp]), Ip6 | PacketFields.Ports | PacketFields.UdpLength },
        { "authentication", Ip6Frame(51, [6, 4, .. new byte[22], .. Tcp]), Ip6 | PacketFields.Ports | PacketFields.Tcp },
        { "ipv6 first fragment", Ip6Frame(44, [17, 0, 0, 1, 0, 0, 0, 9, .. Udp]), Ip6 | PacketFields.Fragment | PacketFields.Ports | PacketFields.UdpLength },
        { "ipv6 later fragment", Ip6Frame(44, [17, 0, 5, 0xA8, 0, 0, 0, 9, .. Udp]), Ip6 | PacketFields.Fragment },
        { "ipv6 atomic fragment", Ip6Frame(44, [17, 0, 0, 0, 0, 0, 0, 9, .. Udp]), Ip6 | PacketFields.Fragment | PacketFields.Ports | PacketFields.UdpLength },
        { "vlan", PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp), 7), Ip4 | PacketFields.Vlan | PacketFields.Ports | PacketFields.Tcp },
        { "cut ports", Ip4Frame(6, Tcp[..4]), Ip4 | PacketFields.Ports | PacketFields.Cut },
        { "cut before ports", Ip4Frame(6, Tcp[..3]), Ip4 | PacketFields.Cut },
        { "cut options", Ip4Frame(6, Tcp, options: new byte[40])[..40], Ip4 | PacketFields.Cut },
        { "cut ipv4", Ip4Frame(6, Tcp)[..33], PacketFields.Ethernet | PacketFields.Cut },
        { "cut extension", Ip6Frame(0, [60, 1, 0, 0]), Ip6 | PacketFields.Cut },
        { "cut ethernet", Ip4Frame(6, Tcp)[..13], PacketFields.Cut },
        { "impossible header length", PacketBuilder.Ethernet(0x0800, [0x44, .. new byte[40]]), PacketFields.Ethernet },
        { "snap", PacketBuilder.Ethernet(48, [0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp)]), Ip4 | PacketFields.Ports | PacketFields.Tcp },
        { "spanning tree", PacketBuilder.Ethernet(38, [0x42, 0x42, 3, .. new byte[35]]), PacketFields.Ethernet },
        { "pppoe", PacketBuilder.Ethernet(0x8864, [0x11, 0, 0, 1, 0, 42, 0, 0x21, .. PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp)]), Ip4 | PacketFields.Pppoe | PacketFields.Ports | PacketFields.Tcp },
        { "mpls", PacketBuilder.Ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64, .. PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp)]), Ip4 | PacketFields.Mpls | PacketFields.Ports | PacketFields.Tcp },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_has_exactly_its_fields(string name, byte[] frame, PacketFields expected)
    {
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, frame);
        Assert.True(expected == packet.Fields, $"{name}: {packet.Fields}");
        if (packet.Has(PacketFields.IPv4)) Assert.Equal(("10.0.0.1", "10.0.0.2", 63, 0x10), (packet.Source.ToString(), packet.Destination.ToString(), packet.TimeToLive, packet.TypeOfService));
        if (packet.Has(PacketFields.IPv6)) Assert.Equal(("fd00::1", "fd00::2", 62, 0x10), (packet.Source.ToString(), packet.Destination.ToString(), packet.TimeToLive, packet.TypeOfService));
        (int, int) ports = packet.Protocol switch { 6 => (1, 2), 17 => (5, 6), 132 => (7, 8), _ => (0, 0) };
        if (packet.Has(PacketFields.Ports)) Assert.Equal(ports, (packet.SourcePort, packet.DestinationPort));
        if (packet.Has(PacketFields.Tcp)) Assert.Equal((3u, 4u, 0x11), (packet.TcpSequence, packet.TcpAcknowledgement, packet.TcpFlags));
        if (packet.Has(PacketFields.UdpLength)) Assert.Equal(11, packet.UdpLength);
        if (packet.Has(PacketFields.Icmp)) Assert.Equal((8, 0), (packet.IcmpType, packet.IcmpCode));
    }

    [Theory]
    [InlineData(HeaderProtocol.IPv4, PacketFields.IPv4)]
    [InlineData(HeaderProtocol.IPv6, PacketFields.IPv6)]
    public void A_header_may_begin_with_IP(uint protocol, PacketFields ip)
    {
        byte[] header = ip == PacketFields.IPv4 ? PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp) : PacketBuilder.IPv6("fd00::1", "fd00::2", 6, Tcp);
        Assert.Equal(ip | PacketFields.Ports | PacketFields.Tcp, SampledPacket.Dissect(protocol, header).Fields);
    }

    [Fact]
    public void VLAN_tags_stack_outer_first()
    {
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp), 0x2005, 0xF006, 7));
        Assert.Equal((3, 0x0800), (packet.VlanCount, packet.EtherType));
        Assert.Equal((0x2005, 0xF006, 7), (packet.VlanTag(0), packet.VlanTag(1), packet.VlanTag(2)));
    }

    [Fact]
    public void Fragment_offsets_are_in_units_of_eight_bytes()
    {
        Assert.Equal(9, SampledPacket.Dissect(HeaderProtocol.Ethernet, Ip4Frame(17, Udp, 0x2009)).FragmentOffset);
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, Ip6Frame(44, [17, 0, 5, 0xA9, 0, 0, 0, 9, .. Udp]));
        Assert.Equal((0x5A8 / 8, true, 17), (packet.FragmentOffset, packet.MoreFragments, packet.Protocol));
    }

    [Fact]
    public void A_chain_of_extension_headers_is_bounded()
    {
        byte[] chain = [.. Enumerable.Range(0, 7_000).SelectMany(_ => new byte[] { 60, 0, 0, 0, 0, 0, 0, 0 })];
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.IPv6, PacketBuilder.IPv6("fd00::1", "fd00::2", 60, chain));
        Assert.Equal((PacketFields.IPv6, 60), (packet.Fields, packet.Protocol));
    }
}
