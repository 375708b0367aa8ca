using System.Buffers.Binary;
using System.Text.Json;
using SFlow.Packets;

namespace SFlow.Exporter.Commands;

/// <summary>Writes what a sampled header holds. A header that is cut, even inside the IP header, gives every field whose bytes are there.</summary>
internal static class DecodedPacket
{
    private const byte Icmp = 1, Tcp = 6, Udp = 17, IcmpV6 = 58, Sctp = 132;

    /// <summary>Tunnels in tunnels that are followed; real packets have one or two.</summary>
    private const int MaximumTunnels = 8;

    /// <param name="json">Where it goes.</param>
    /// <param name="protocol">Protocol of the header.</param>
    /// <param name="header">The header's bytes.</param>
    /// <param name="length">Bytes of the whole packet; 0 when unknown.</param>
    public static void Write(Utf8JsonWriter json, uint protocol, ReadOnlySpan<byte> header, uint length) => Write(json, protocol, header, length, 0);

    private static void Write(Utf8JsonWriter json, uint protocol, ReadOnlySpan<byte> header, uint length, int depth)
    {
        SampledPacket packet = SampledPacket.Dissect(protocol, header, length);
        json.WriteStartObject("inner"u8);
        if (protocol == HeaderProtocol.Ethernet) DecodedLink.Write(json, packet, header);
        if (packet.MplsLabelCount > 0) DecodedLink.WriteLabels(json, packet);
        DecodedLink.WriteInner(json, packet);
        ReadOnlySpan<byte> ip = packet.Network;
        if (packet.Has(PacketFields.IPv4) || IsCut(packet, ip, 4, 0x0800)) WriteIPv4(json, packet, ip);
        else if (packet.Has(PacketFields.IPv6) || IsCut(packet, ip, 6, 0x86DD)) WriteIPv6(json, packet, ip);
        WriteTransport(json, packet);
        WriteEncapsulation(json, packet);
        if (packet.Missing != PacketPart.None) json.WriteString("missing"u8, DecodedTunnel.NameOf(packet.Missing));
        if (depth < MaximumTunnels && Tunnel.TryRead(packet, out Tunnel tunnel))
        {
            DecodedTunnel.Begin(json, tunnel);
            if (tunnel.InnerProtocol != 0 && !tunnel.Payload.IsEmpty) Write(json, tunnel.InnerProtocol, tunnel.Payload, tunnel.InnerLength, depth + 1);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static bool IsCut(in SampledPacket packet, ReadOnlySpan<byte> ip, int version, ushort etherType) =>
        packet.Missing == PacketPart.Network && !ip.IsEmpty && ip[0] >> 4 == version
        && (packet.EtherType == etherType || packet.EtherType is not (0x0800 or 0x86DD));

    private static void WriteIPv4(Utf8JsonWriter json, in SampledPacket packet, ReadOnlySpan<byte> ip)
    {
        if (ip.Length >= 2) json.WriteNumber("tos"u8, ip[1]);
        if (ip.Length >= 4) json.WriteNumber("ip_len"u8, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]));
        WriteLargeLength(json, packet);
        if (ip.Length >= 6) json.WriteNumber("ip_id"u8, BinaryPrimitives.ReadUInt16BigEndian(ip[4..]));
        if (ip.Length >= 8)
        {
            ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(ip[6..]);
            WriteFragment(json, fragment & 0x1FFF, (fragment & 0x2000) != 0);
        }
        if (ip.Length >= 9) json.WriteNumber("ttl"u8, ip[8]);
        if (ip.Length >= 10) json.WriteNumber("protocol"u8, ip[9]);
        if (ip.Length >= 16) json.WriteAddress("src"u8, Address.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..])));
        if (ip.Length >= 20) json.WriteAddress("dst"u8, Address.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(ip[16..])));
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
        WriteLargeLength(json, packet);
        if (ip.Length >= 7) json.WriteNumber("next_header"u8, ip[6]);
        if (ip.Length >= 8) json.WriteNumber("ttl"u8, ip[7]);
        if (ip.Length >= 24) json.WriteAddress("src"u8, IPv6(ip[8..]));
        if (ip.Length >= 40) json.WriteAddress("dst"u8, IPv6(ip[24..]));
        if (!packet.Has(PacketFields.IPv6))
        {
            // Of a header that is cut, the next one is the protocol unless it is an extension.
            if (ip.Length >= 7 && ip[6] is Icmp or Tcp or Udp or IcmpV6 or Sctp or 4 or 41 or 47 or 50) json.WriteNumber("protocol"u8, ip[6]);
            return;
        }
        json.WriteNumber("protocol"u8, packet.Protocol);
        if (packet.Has(PacketFields.Fragment)) WriteFragment(json, packet.FragmentOffset, packet.MoreFragments);
    }

    /// <summary>What the length is where the header has none.</summary>
    private static void WriteLargeLength(Utf8JsonWriter json, in SampledPacket packet)
    {
        if (packet.IPLength > ushort.MaxValue + 40 || packet.Has(PacketFields.IPv4) && packet.Network[2] == 0 && packet.Network[3] == 0 && packet.IPLength > 0)
            json.WriteNumber("large_ip_len"u8, packet.IPLength);
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
        bool hasPorts = packet.Protocol is Tcp or Udp or Sctp;
        if (hasPorts && transport.Length >= 2) json.WriteNumber("src_port"u8, BinaryPrimitives.ReadUInt16BigEndian(transport));
        if (hasPorts && transport.Length >= 4) json.WriteNumber("dst_port"u8, BinaryPrimitives.ReadUInt16BigEndian(transport[2..]));
        if (packet.Protocol == Tcp) WriteTcp(json, transport);
        if (packet.Has(PacketFields.UdpLength)) json.WriteNumber("udp_len"u8, packet.UdpLength);
        if (packet.Protocol is not (Icmp or IcmpV6)) return;
        json.WriteNumber("icmp_type"u8, transport[0]);
        if (transport.Length > 1) json.WriteNumber("icmp_code"u8, transport[1]);
    }

    /// <summary>All twelve bits of the flags: three reserved ones and AE (formerly NS) beside the usual eight.</summary>
    private static void WriteTcp(Utf8JsonWriter json, ReadOnlySpan<byte> transport)
    {
        if (transport.Length >= 8) json.WriteNumber("tcp_seq"u8, BinaryPrimitives.ReadUInt32BigEndian(transport[4..]));
        if (transport.Length >= 12) json.WriteNumber("tcp_ack"u8, BinaryPrimitives.ReadUInt32BigEndian(transport[8..]));
        if (transport.Length >= 14) json.WriteNumber("tcp_flags"u8, BinaryPrimitives.ReadUInt16BigEndian(transport[12..]) & 0xFFF);
    }

    private static void WriteEncapsulation(Utf8JsonWriter json, in SampledPacket packet)
    {
        TunnelType type = Tunnel.TryRead(packet, out Tunnel tunnel) ? tunnel.Type : TunnelType.None;
        bool isPppoe = packet.Has(PacketFields.Pppoe) || type == TunnelType.Gre && tunnel.Inner.Has(PacketFields.Pppoe);
        bool isMpls = packet.Has(PacketFields.Mpls);
        bool isNamed = type is TunnelType.Gre or TunnelType.Vxlan or TunnelType.Geneve;
        bool isPseudowire = packet.Has(PacketFields.Pseudowire), isMacInMac = packet.Has(PacketFields.MacInMac);
        if (!(isNamed || isPppoe || isMpls || isMacInMac)) return;
        json.WriteStartArray("encap"u8);
        if (isPppoe) json.WriteStringValue("pppoes"u8);
        if (isMacInMac) json.WriteStringValue("mac_in_mac"u8);
        if (isMpls) json.WriteStringValue("mpls"u8);
        if (isPseudowire) json.WriteStringValue("pseudowire"u8);
        if (isNamed) json.WriteStringValue(DecodedTunnel.NameOf(type));
        json.WriteEndArray();
    }

    private static Address IPv6(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
}
