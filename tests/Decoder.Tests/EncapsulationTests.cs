using SFlow.Packets;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>What switches put around a packet is opened, and nothing is taken for a packet that only looks like one.</summary>
public sealed class EncapsulationTests
{
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 80).Select(i => (byte)(i * 37))];
    private static readonly byte[] InnerIP = PacketBuilder.IPv4("172.16.5.1", "172.16.5.2", 6, [.. PacketBuilder.Tcp(1_007, 8_007), .. Payload]);
    private static readonly byte[] InnerIPv6 = PacketBuilder.IPv6("fd00:5::1", "fd00:5::2", 6, [.. PacketBuilder.Tcp(1_007, 8_007), .. Payload]);
    private static readonly byte[] Labels = [0x07, 0xD1, 0x00, 0xFE, 0x00, 0x64, 0x11, 0x40];

    public static TheoryData<string, ushort, byte[], PacketFields> Frames()
    {
        TheoryData<string, ushort, byte[], PacketFields> frames = [];
        PacketFields pseudowire = PacketFields.Mpls | PacketFields.Pseudowire;
        // Second address, then first one: of every kind of first byte, those of a control word and of both versions of IP among them.
        foreach (byte first in (byte[])[0x00, 0x02, 0x0A, 0x10, 0x12, 0x40, 0x44, 0x46, 0x60, 0x62, 0x6E, 0x9C, 0xFE])
        {
            frames.Add($"pseudowire, {first:x2}", 0x8847, [.. Labels, .. Inner(first, 0x0800, InnerIP)], pseudowire);
            frames.Add($"pseudowire, {first:x2}, ipv6", 0x8847, [.. Labels, .. Inner(first, 0x86DD, InnerIPv6)], pseudowire);
            frames.Add($"control word, {first:x2}", 0x8847, [.. Labels, 0, 0, 0, 0, .. Inner(first, 0x0800, InnerIP)], pseudowire);
            frames.Add($"control word with sequence, {first:x2}", 0x8848, [.. Labels, 0, 0, 0xAB, 0xCD, .. Inner(first, 0x86DD, InnerIPv6)], pseudowire);
        }
        frames.Add("tagged in a pseudowire", 0x8847, [.. Labels, 0, 0, 0, 0, .. Inner(2, 0x8100, [0, 7, 0x08, 0, .. InnerIP])], pseudowire);
        frames.Add("mac in mac", 0x88E7, [0x20, 0xAB, 0xCD, 0xEF, .. Inner(2, 0x0800, InnerIP)], PacketFields.MacInMac);
        frames.Add("mac in mac, tagged", 0x88E7, [0, 0xAB, 0xCD, 0xEF, .. Inner(2, 0x88A8, [0, 7, 0x81, 0, 0, 8, 0x86, 0xDD, .. InnerIPv6])], PacketFields.MacInMac);
        frames.Add("pseudowire in mac in mac", 0x88E7, [0, 0xAB, 0xCD, 0xEF, .. Inner(2, 0x8847, [.. Labels, 0, 0, 0, 0, .. Inner(4, 0x0800, InnerIP)])], pseudowire | PacketFields.MacInMac);
        frames.Add("mpls", 0x8847, [.. Labels, .. InnerIP], PacketFields.Mpls);
        frames.Add("mpls, checksum", 0x8847, [.. Labels, .. WithChecksum(InnerIP)], PacketFields.Mpls);
        frames.Add("mpls, ipv6", 0x8847, [.. Labels, .. InnerIPv6], PacketFields.Mpls);
        frames.Add("mpls, explicit null", 0x8847, [0, 0, 0x01, 0x40, .. InnerIP], PacketFields.Mpls);
        frames.Add("trill", 0x22F3, [0, 0x47, 1, 2, 3, 4, 9, 9, 9, 9, .. Inner(2, 0x0800, InnerIP)], PacketFields.None);
        frames.Add("vn-tag", 0x8926, [1, 2, 3, 4, 0x08, 0, .. InnerIP], PacketFields.None);
        frames.Add("e-tag", 0x893F, [1, 2, 3, 4, 5, 6, 0x81, 0, 0, 9, 0x86, 0xDD, .. InnerIPv6], PacketFields.None);
        frames.Add("macsec without encryption", 0x88E5, [0x20, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 0, .. InnerIP], PacketFields.None);
        return frames;
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void The_packet_inside_is_found(string name, ushort type, byte[] body, PacketFields marks)
    {
        byte[] frame = PacketBuilder.Ethernet(type, body);
        foreach (uint length in (uint[])[(uint)frame.Length, 0])
        {
            SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, frame, length);
            bool is6 = packet.Has(PacketFields.IPv6);
            string[] ends = is6 ? ["fd00:5::1", "fd00:5::2"] : ["172.16.5.1", "172.16.5.2"];
            Assert.True(packet.Source.ToString() == ends[0] && packet.Destination.ToString() == ends[1], $"{name}: {packet.Source} to {packet.Destination}, {packet.Fields}");
            Assert.Equal((1_007, 8_007), (packet.SourcePort, packet.DestinationPort));
            Assert.Equal(marks, packet.Fields & (PacketFields.Mpls | PacketFields.Pseudowire | PacketFields.MacInMac));
            Assert.Equal((0x0A580A800001ul, type), (packet.SourceMac, packet.EtherType));
            if (packet.Has(PacketFields.MacInMac)) Assert.Equal(0xABCDEFu, packet.ServiceIdentifier);
            Assert.Equal((marks & (PacketFields.Pseudowire | PacketFields.MacInMac)) != PacketFields.None || name == "trill", !packet.InnerFrame.IsEmpty);
        }
    }

    /// <summary>Whatever is there of such a frame, what is found is the truth or nothing.</summary>
    [Theory]
    [MemberData(nameof(Frames))]
    public void A_cut_frame_gives_nothing_that_is_not_true(string name, ushort type, byte[] body, PacketFields marks)
    {
        byte[] frame = PacketBuilder.Ethernet(type, body);
        for (int length = 0; length < frame.Length; length++)
        {
            SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, frame.AsSpan(0, length), (uint)frame.Length);
            if (packet.Has(PacketFields.IPv4)) Assert.True(packet.Source.ToString() == "172.16.5.1" && packet.Destination.ToString() == "172.16.5.2", $"{name} {length} {packet.Source}");
            if (packet.Has(PacketFields.IPv6)) Assert.True(packet.Source.ToString() == "fd00:5::1" && packet.Destination.ToString() == "fd00:5::2", $"{name} {length} {packet.Source}");
            if (packet.Has(PacketFields.Ports)) Assert.Equal((1_007, 8_007), (packet.SourcePort, packet.DestinationPort));
            Assert.Equal(PacketFields.None, packet.Fields & (PacketFields.Mpls | PacketFields.Pseudowire | PacketFields.MacInMac) & ~marks);
        }
    }

    public static TheoryData<string, byte[]> Lookalikes() => new()
    {
        { "wrong checksum", Changed(WithChecksum(InnerIP), 10, 0x5A) },
        { "header length below 20", Changed(WithChecksum(InnerIP), 0, 0x44) },
        { "total length above the frame", Changed(InnerIP, 2, 0x7F) },
        { "total length below the header", Changed(Changed(InnerIP, 2, 0), 3, 19) },
        { "no checksum and too short a length", Changed(InnerIP, 3, (byte)(InnerIP[3] - 30)) },
        { "ipv6 above the frame", Changed(InnerIPv6, 4, 0x7F) },
        { "ipv6 below the frame", Changed(InnerIPv6, 5, 20) },
        { "ipv6 from a group", Changed(InnerIPv6, 8, 0xFF) },
        { "bytes that begin with 4", [0x47, .. Payload] },
        { "bytes that begin with 6", [0x6B, .. Payload] },
        { "an associated channel", [0x10, 0, 0, 0x21, .. InnerIP] },
    };

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void No_address_is_invented_below_a_label(string name, byte[] body)
    {
        byte[] frame = PacketBuilder.Ethernet(0x8847, [.. Labels, .. body]);
        for (int length = 22 + 40; length <= frame.Length; length++)
        {
            SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, frame.AsSpan(0, length), (uint)frame.Length);
            Assert.True((packet.Fields & (PacketFields.IPv4 | PacketFields.IPv6 | PacketFields.Ports)) == PacketFields.None, $"{name} {length}: {packet.Source} {packet.Fields}");
        }
    }

    /// <summary>Any bytes below a label, as an encrypted pseudowire has them: one in 65 536 has a checksum by chance.</summary>
    [Fact]
    public void Random_bytes_below_a_label_are_no_packet()
    {
        Random random = new(20_261);
        int invented = 0;
        byte[] bytes = new byte[120];
        for (int i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(i % 2 == 0 ? 0x45 : 0x60);
            SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Mpls, [0, 0x64, 0x11, 0x40, .. bytes], 124);
            if ((packet.Fields & (PacketFields.IPv4 | PacketFields.IPv6)) != PacketFields.None) invented++;
        }
        Assert.InRange(invented, 0, 5);
    }

    [Fact]
    public void A_port_of_VXLAN_proves_no_tunnel()
    {
        byte[] inside = PacketBuilder.Ethernet(0x0800, Changed(WithChecksum(InnerIP), 11, 0x33));
        byte[] packet = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 17, PacketBuilder.Udp(4_789, 8_472, [8, 0, 0, 0, 0, 0, 7, 0, .. inside]));
        Assert.False(Tunnel.TryRead(SampledPacket.Dissect(HeaderProtocol.IPv4, packet), out _));
    }

    [Fact]
    public void Frames_in_frames_are_bounded()
    {
        byte[] inside = InnerIP;
        for (int i = 0; i < 9; i++) inside = [0, 0, 0, 1, .. Inner(2, i == 0 ? (ushort)0x0800 : (ushort)0x88E7, inside)];
        SampledPacket packet = SampledPacket.Dissect(HeaderProtocol.Ethernet, PacketBuilder.Ethernet(0x88E7, inside));
        Assert.False(packet.Has(PacketFields.IPv4));
    }

    private static byte[] Inner(byte first, ushort type, byte[] body) =>
        [first, 0x1B, 0x21, 0x00, 0x00, 0x02, 0x02, 0x1B, 0x21, 0x00, 0x00, 0x01, .. PacketBuilder.Half(type), .. body];

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        byte[] changed = [.. bytes];
        changed[at] = value;
        return changed;
    }

    private static byte[] WithChecksum(byte[] ip)
    {
        int sum = 0;
        for (int at = 0; at < 20; at += 2) sum += at == 10 ? 0 : ip[at] << 8 | ip[at + 1];
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return Changed(Changed(ip, 10, (byte)(~sum >> 8)), 11, (byte)~sum);
    }
}
