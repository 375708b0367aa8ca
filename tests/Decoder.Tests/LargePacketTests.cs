using SFlow.Packets;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>Packets above 64 KiB, whose IP header has no length.</summary>
public sealed class LargePacketTests
{
    private static readonly byte[] Tcp = PacketBuilder.Tcp(33_000, 9_000, 11, 12);

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(196_622u, 196_608u)]
    [InlineData(1_500u, 1_486u)]
    public void Without_a_length_of_IPv4_the_length_of_the_packet_is_used(uint packetLength, uint expected)
    {
        byte[] ip = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, Tcp);
        ip[2] = ip[3] = 0;
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, PacketBuilder.Ethernet(0x0800, ip), packetLength);
        Assert.Equal((expected, 33_000, 9_000, "10.0.0.1"), (packet.IPLength, packet.SourcePort, packet.DestinationPort, packet.Source.ToString()));
    }

    [Fact]
    public void Without_a_length_of_IPv6_the_length_of_the_packet_is_used()
    {
        byte[] ip = PacketBuilder.IPv6("fd00::1", "fd00::2", 6, Tcp);
        ip[4] = ip[5] = 0;
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, PacketBuilder.Ethernet(0x86DD, ip, 5), 196_626);
        Assert.Equal((196_608u, 33_000, 9_000), (packet.IPLength, packet.SourcePort, packet.DestinationPort));
    }

    [Theory]
    [InlineData(new byte[] { 0xC2, 4, 0, 3, 0, 0 }, 196_608u + 40)]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0xC2, 4, 0, 3, 0, 1, 1, 0 }, 196_609u + 40)]
    [InlineData(new byte[] { 5, 2, 0, 0, 0xC2, 4, 0, 3, 0, 2, 1, 2, 0, 0 }, 196_610u + 40)]
    [InlineData(new byte[] { 0xC2, 4, 0, 0, 0xFF, 0xFF }, 40u)]
    [InlineData(new byte[] { 0xC2, 3, 0, 3, 0, 0 }, 40u)]
    [InlineData(new byte[] { 0xC2, 4, 0xFF, 0xFF, 0xFF, 0xFF }, 40u)]
    public void The_jumbo_option_has_the_length(byte[] options, uint expected)
    {
        byte[] hop = [6, (byte)(options.Length / 8), .. options];
        byte[] ip = PacketBuilder.IPv6("fd00::1", "fd00::2", 0, [.. hop, .. Tcp]);
        ip[4] = ip[5] = 0;
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.IPv6, ip);
        Assert.Equal((expected, 33_000, 9_000), (packet.IPLength, packet.SourcePort, packet.DestinationPort));
    }

    [Fact]
    public void An_empty_payload_stays_empty()
    {
        byte[] ip = PacketBuilder.IPv6("fd00::1", "fd00::2", 59, []);
        Assert.Equal(40u, SampledPacket.Dissect(HeaderProtocol.Ethernet, PacketBuilder.Ethernet(0x86DD, ip), 60).IPLength);
    }

    [Fact]
    public void All_twelve_bits_of_flags_are_read()
    {
        byte[] tcp = [.. Tcp];
        (tcp[12], tcp[13]) = (0x5D, 0xA1);
        Assert.Equal(0xDA1, SampledPacket.Dissect(HeaderProtocol.IPv4, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 6, tcp)).TcpFlags);
    }
}
