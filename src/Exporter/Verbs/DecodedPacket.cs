using System.Buffers.Binary;
using System.Text.Json;
using SFlow.Packets;

namespace SFlow.Exporter.Verbs;

/// <summary>Writes what a sampled header holds. A header that is cut, even inside the IP header, gives every field whose bytes are there.</summary>
internal static class DecodedPacket
{
    private const byte Icmp = 1, Tcp = 6, Udp = 17, IcmpV6 = 58, Sctp = 132;

    /// <summary>Tunnels in tunnels that are followed; real packets have one or two.</summary>
    private const int MaximumTunnels = 8;

    public static void Write(Utf8JsonWriter json, uint protocol, ReadOnlySpan<byte> header) => Write(json, protocol, header, 0);

    private static void Write(Utf8JsonWriter json, uint protocol, ReadOnlySpan<byte> header, int depth)
    {
        SampledPacket packet = SampledPacket.Dissect(protocol, header);
        json.WriteStartObject("inner"u8);
        if (protocol == HeaderProtocol.Ethernet) WriteLink(json, packet, header);
        if (packet.MplsLabelCount > 0) WriteLabels(json, packet);
        ReadOnlySpan<byte> ip = packet.Network;
        if (packet.Has(PacketFields.IPv4) || IsCut(packet, ip, 4, 0x0800)) WriteIPv4(json, ip);
        else if (packet.Has(PacketFields.IPv6) || IsCut(packet, ip, 6, 0x86DD)) WriteIPv6(json, packet, ip);
        WriteTransport(json, packet);
        WriteEncapsulation(json, packet);
        if (packet.Missing != PacketPart.None) json.WriteString("missing"u8, DecodedTunnel.NameOf(packet.Missing));
        if (depth < MaximumTunnels && Tunnel.TryRead(packet, out Tunnel tunnel))
        {
            DecodedTunnel.Begin(json, tunnel);
            if (tunnel.InnerProtocol != 0 && !tunnel.Payload.IsEmpty) Write(json, tunnel.InnerProtocol, tunnel.Payload, depth + 1);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static bool IsCut(in SampledPacket packet, ReadOnlySpan<byte> ip, int version, ushort etherType) =>
        packet.Missing == PacketPart.Network && !ip.IsEmpty && ip[0] >> 4 == version
        && (packet.EtherType == etherType || packet.EtherType is not (0x0800 or 0x86DD));

    private static void WriteLink(Utf8JsonWriter json, in SampledPacket packet, ReadOnlySpan<byte> header)
    {
        if (header.Length >= 6) json.WriteMac("dst_mac"u8, Mac(header));
        if (header.Length >= 12) json.WriteMac("src_mac"u8, Mac(header[6..]));
        if (packet.VlanCount > 0)
        {
            json.WriteStartArray("vlans"u8);
            for (int i = 0; i < packet.VlanCount; i++)
            {
                ushort tag = packet.VlanTag(i);
                json.WriteStartObject();
                json.WriteNumber("id"u8, tag & 0xFFF);
                json.WriteNumber("priority"u8, tag >> 13);
                json.WriteNumber("dei"u8, tag >> 12 & 1);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (packet.EtherType != 0) json.WriteNumber("ethertype"u8, packet.EtherType);
    }

    private static void WriteLabels(Utf8JsonWriter json, in SampledPacket packet)
    {
        json.WriteStartArray("mpls"u8);
        for (int i = 0; i < packet.MplsLabelCount; i++)
        {
            uint entry = packet.MplsLabel(i);
            json.WriteStartObject();
            json.WriteNumber("label"u8, entry >> 12);
            json.WriteNumber("class"u8, entry >> 9 & 7);
            json.WriteNumber("ttl"u8, entry & 0xFF);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteIPv4(Utf8JsonWriter json, ReadOnlySpan<byte> ip)
    {
        if (ip.Length >= 2) json.WriteNumber("tos"u8, ip[1]);
        if (ip.Length >= 4) json.WriteNumber("ip_len"u8, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));
        if (ip.Length >= 6) json.WriteNumber("ip_id"u8, BinaryPrimitives.ReadUInt16BigEndian(ip[4..]));
        if (ip.Length >= 8)
        {
            ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(ip[6..]);
            WriteFragment(json, fragment & 0x1FFF, (fragment & 0x2000) != 0);
        }
        if (ip.Length >= 9) json.WriteNumber("ttl"u8, ip[8]);
        if (ip.Length >= 10) json.WriteNumber("protocol"u8, ip[9]);
        if (ip.Length >= 16) json.WriteAddress("src"u8, InternetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..])));
        if (ip.Length >= 20) json.WriteAddress("dst"u8, InternetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[16..])));
    }

    private static void WriteIPv6(Utf8JsonWriter json, in SampledPacket packet, ReadOnlySpan<byte> ip)
    {
        if (ip.Length >= 4)
        {
            uint first = BinaryPrimitives.ReadUInt32BigEndian(ip);
            json.WriteNumber("tos"u8, first >> 20 & 0xFF);
            json.WriteNumber("flow_label"u8, first & 0xF_FFFF);
        }
        if (ip.Length >= 6) json.WriteNumber("plen"u8, BinaryPrimitives.ReadUInt16BigEndian(ip[4..]));
        if (ip.Length >= 7) json.WriteNumber("next_header"u8, ip[6]);
        if (ip.Length >= 8) json.WriteNumber("ttl"u8, ip[7]);
        if (ip.Length >= 24) json.WriteAddress("src"u8, IPv6(ip[8..]));
        if (ip.Length >= 40) json.WriteAddress("dst"u8, IPv6(ip[24..]));
        if (!packet.Has(PacketFields.IPv6)) return;
        json.WriteNumber("protocol"u8, packet.Protocol);
        if (packet.Has(PacketFields.Fragment)) WriteFragment(json, packet.FragmentOffset, packet.MoreFragments);
    }

    private static void WriteFragment(Utf8JsonWriter json, int offset, bool more)
    {
        json.WriteNumber("frag_offset"u8, offset);
        json.WriteNumber("more_fragments"u8, more ? 1 : 0);
    }

    private static void WriteTransport(Utf8JsonWriter json, in SampledPacket packet)
    {
        ReadOnlySpan<byte> transport = packet.Transport;
        if (transport.IsEmpty) return;
        ReadOnlySpan<byte> name = packet.Protocol switch
        {
            Tcp => "tcp"u8,
            Udp => "udp"u8,
            Sctp => "sctp"u8,
            Icmp => "icmp"u8,
            IcmpV6 => "icmpv6"u8,
            _ => default,
        };
        if (name.IsEmpty) return;
        json.WriteString("l4"u8, name);
        if (packet.Has(PacketFields.Ports))
        {
            json.WriteNumber("src_port"u8, packet.SourcePort);
            json.WriteNumber("dst_port"u8, packet.DestinationPort);
        }
        if (packet.Has(PacketFields.Tcp)) json.WriteNumber("tcp_flags"u8, packet.TcpFlags);
        if (packet.Has(PacketFields.UdpLength)) json.WriteNumber("udp_len"u8, packet.UdpLength);
        if (packet.Protocol is not (Icmp or IcmpV6)) return;
        json.WriteNumber("icmp_type"u8, transport[0]);
        if (transport.Length > 1) json.WriteNumber("icmp_code"u8, transport[1]);
    }

    private static void WriteEncapsulation(Utf8JsonWriter json, in SampledPacket packet)
    {
        TunnelType type = Tunnel.TryRead(packet, out Tunnel tunnel) ? tunnel.Type : TunnelType.None;
        bool isPppoe = packet.Has(PacketFields.Pppoe) || type == TunnelType.Gre && tunnel.Inner.Has(PacketFields.Pppoe);
        bool isMpls = packet.Has(PacketFields.Mpls);
        bool isNamed = type is TunnelType.Gre or TunnelType.Vxlan or TunnelType.Geneve;
        if (!(isNamed || isPppoe || isMpls)) return;
        json.WriteStartArray("encap"u8);
        if (isPppoe) json.WriteStringValue("pppoes"u8);
        if (isMpls) json.WriteStringValue("mpls"u8);
        if (isNamed) json.WriteStringValue(DecodedTunnel.NameOf(type));
        json.WriteEndArray();
    }

    private static ulong Mac(ReadOnlySpan<byte> bytes) =>
        (ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16 | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);

    private static InternetAddress IPv6(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
}
