using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>What a sampled packet carries is found behind every tunnel header, and a cut header says where it ended.</summary>
public sealed class TunnelTests
{
    private static readonly byte[] InnerIP = PacketBuilder.IPv4("172.16.0.1", "172.16.0.2", 6, PacketBuilder.Tcp(1_000, 80));
    private static readonly byte[] InnerFrame = PacketBuilder.Ethernet(0x0800, InnerIP);

    public static TheoryData<string, byte, byte[], long> Tunnels() => new()
    {
        { "Vxlan", 17, PacketBuilder.Udp(50_000, 4789, [8, 0, 0, 0, 0x12, 0x34, 0x56, 0, .. InnerFrame]), 0x123456 },
        { "Vxlan", 17, PacketBuilder.Udp(50_000, 8472, [8, 0, 0, 0, 0, 0, 7, 0, .. InnerFrame]), 7 },
        { "Geneve", 17, PacketBuilder.Udp(50_000, 6081, [0, 0, 0x65, 0x58, 0, 0, 9, 0, .. InnerFrame]), 9 },
        { "Geneve", 17, PacketBuilder.Udp(50_000, 6081, [2, 0, 0x08, 0x00, 0, 0, 9, 0, 1, 2, 0x80, 1, 0, 1, 0, 2, .. InnerIP]), 9 },
        { "Gre", 47, [0, 0, 0x08, 0x00, .. InnerIP], -1 },
        { "Gre", 47, [0xB0, 0, 0x65, 0x58, 1, 2, 3, 4, 0, 0, 0, 5, 9, 9, 9, 9, .. InnerFrame], 5 },
        { "Gre", 47, [0x30, 0x81, 0x88, 0x0B, 0, 40, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0x21, .. InnerIP], 40 << 16 | 3 },
        { "IPInIP", 4, InnerIP, -1 },
        { "MplsInIP", 137, [0, 0, 0x10, 64, 0, 0, 0x21, 64, .. InnerIP], -1 },
    };

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void The_packet_inside_is_offered(string type, byte protocol, byte[] body, long identifier)
    {
        byte[][] outers =
        [
            PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", protocol, body)),
            PacketBuilder.Ethernet(0x86DD, PacketBuilder.IPv6("fd00::1", "fd00::2", protocol, body), 5),
        ];
        foreach (byte[] outer in outers)
        {
            Assert.True(Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.Ethernet, outer), out Tunnel tunnel));
            Assert.Equal((type, false, identifier), (tunnel.Type.ToString(), tunnel.IsCut, tunnel.HasIdentifier ? tunnel.Identifier : -1));
            Assert.Equal(("172.16.0.1", "172.16.0.2", 80), (tunnel.Inner.Source.ToString(), tunnel.Inner.Destination.ToString(), tunnel.Inner.DestinationPort));
        }
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public void A_tunnel_that_is_cut_gives_nothing_of_the_inside(string type, byte protocol, byte[] body, long identifier)
    {
        byte[] outer = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", protocol, body);
        int inside = outer.Length - InnerIP.Length;
        for (int length = 28; length < inside; length++)
        {
            if (!Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.IPv4, outer.AsSpan(0, length)), out Tunnel tunnel)) continue;
            Assert.Equal(type, tunnel.Type.ToString());
            Assert.False(tunnel.Inner.Has(PacketFields.IPv4));
            if (tunnel.HasIdentifier) Assert.Equal(identifier, tunnel.Identifier);
        }
    }

    [Fact]
    public void The_options_of_Geneve_are_walked()
    {
        byte[] body = PacketBuilder.Udp(1, 6081, [4, 0, 0x65, 0x58, 0, 0, 9, 0, 1, 2, 0x80, 1, 0, 1, 0, 2, 0xFF, 0xFF, 3, 1, 7, 7, 7, 7, .. InnerFrame]);
        Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.IPv4, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 17, body)), out Tunnel tunnel);
        GeneveOptionEnumerator options = tunnel.Options;
        Assert.True(options.MoveNext());
        Assert.Equal((0x0102, 0x80, "00010002"), (options.Current.Class, options.Current.Type, Convert.ToHexString(options.Current.Data)));
        Assert.True(options.MoveNext());
        Assert.Equal((0xFFFF, 3, "07070707"), (options.Current.Class, options.Current.Type, Convert.ToHexString(options.Current.Data)));
        Assert.False(options.MoveNext());
        Assert.Equal(80, tunnel.Inner.DestinationPort);
    }

    [Fact]
    public void Of_ESP_only_the_index_is_known()
    {
        byte[] packet = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 50, [1, 2, 3, 4, 0, 0, 0, 1, 9, 9, 9, 9]);
        Assert.True(Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.IPv4, packet), out Tunnel tunnel));
        Assert.Equal((TunnelType.Esp, 0x01020304u, PacketFields.None), (tunnel.Type, tunnel.Identifier, tunnel.Inner.Fields));
    }

    [Fact]
    public void An_ordinary_packet_and_a_later_fragment_carry_none()
    {
        Assert.False(Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.Ethernet, PacketBuilder.TcpFrame()), out _));
        byte[] fragment = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 4, InnerIP, fragment: 100);
        Assert.False(Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.IPv4, fragment), out _));
    }

    [Fact]
    public void Labels_of_MPLS_are_read()
    {
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Mpls, [0, 1, 0x00, 63, 0, 2, 0x0B, 62, .. InnerIP]);
        Assert.Equal((2, 0x10u, 0x20u, 62u), (packet.MplsLabelCount, packet.MplsLabel(0) >> 12, packet.MplsLabel(1) >> 12, packet.MplsLabel(1) & 0xFF));
        Assert.Equal(80, packet.DestinationPort);
    }

    [Theory]
    [InlineData(HeaderProtocol.Ethernet, 10, PacketPart.Ethernet)]
    [InlineData(HeaderProtocol.Ethernet, 16, PacketPart.VlanTag)]
    [InlineData(HeaderProtocol.Ethernet, 20, PacketPart.MplsLabel)]
    [InlineData(HeaderProtocol.Ethernet, 22, PacketPart.Network)]
    [InlineData(HeaderProtocol.Ethernet, 41, PacketPart.Network)]
    [InlineData(HeaderProtocol.Ethernet, 44, PacketPart.IPOptions)]
    [InlineData(HeaderProtocol.Ethernet, 50, PacketPart.Transport)]
    [InlineData(HeaderProtocol.Ethernet, 66, PacketPart.None)]
    public void A_header_that_is_cut_says_where(uint protocol, int length, PacketPart missing)
    {
        byte[] ip = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, PacketBuilder.Tcp(1, 2), options: [1, 1, 1, 1]);
        byte[] frame = PacketBuilder.Ethernet(0x8847, [0, 1, 1, 63, .. ip], 5);
        Assert.Equal(66, frame.Length);
        SampledPacket packet = SampledPacket.Dissect(protocol, frame.AsSpan(0, length));
        Assert.Equal((missing, missing != PacketPart.None), (packet.Missing, packet.Has(PacketFields.Cut)));
    }

    [Theory]
    [InlineData(46_354u, 4_789, true)]
    [InlineData(49_431u, 6_081, true)]
    [InlineData(4_789u, 4_789, false)]
    [InlineData(6_081u, 6_081, false)]
    [InlineData(1_234u, 1_234, false)]
    [InlineData(0u, 0, false)]
    public void Swapped_tunnel_ports_are_distinguished(uint onTheWire, int port, bool areSwapped)
    {
        Assert.True(SampledIPv4.TryRead(DatagramBuilder.Words(0, 17, 1, 2, 0x3412, onTheWire, 0, 0), out SampledIPv4 outer));
        TunnelPorts ports = TunnelPorts.Of(outer);
        Assert.Equal((areSwapped ? 0x1234 : 0x3412, port, areSwapped), (ports.Source, ports.Destination, ports.AreSwapped));
        Assert.Equal(onTheWire, outer.DestinationPort.Value);
    }
}
