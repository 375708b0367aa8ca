using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.Packets;

namespace SFlow.Decoder.Tests;

/// <summary>All that the library finds in a sampled header, under the corpus' keys.</summary>
internal static class PacketJson
{
    public static JsonObject From(SampledPacket packet)
    {
        JsonObject json = [];
        if (packet.Has(PacketFields.Ethernet))
        {
            json["dst_mac"] = Mac(packet.DestinationMac);
            json["src_mac"] = Mac(packet.SourceMac);
            json["ethertype"] = packet.EtherType;
        }
        if (packet.Has(PacketFields.Vlan)) json["vlans"] = Vlans(packet);
        if (packet.Has(PacketFields.IPv4) || packet.Has(PacketFields.IPv6)) Network(packet, json);
        if (packet.Has(PacketFields.Ports))
        {
            json["src_port"] = packet.SourcePort;
            json["dst_port"] = packet.DestinationPort;
        }
        if (packet.Has(PacketFields.Tcp)) json["tcp_flags"] = packet.TcpFlags;
        if (packet.Has(PacketFields.UdpLength)) json["udp_len"] = packet.UdpLength;
        if (packet.Has(PacketFields.Icmp))
        {
            json["icmp_type"] = packet.IcmpType;
            json["icmp_code"] = packet.IcmpCode;
        }
        return json;
    }

    private static void Network(SampledPacket packet, JsonObject json)
    {
        json["src"] = packet.Source.ToString();
        json["dst"] = packet.Destination.ToString();
        json["protocol"] = packet.Protocol;
        json["ttl"] = packet.TimeToLive;
        json["tos"] = packet.TypeOfService;
        ReadOnlySpan<byte> ip = packet.Network;
        if (packet.Has(PacketFields.IPv4))
        {
            json["ip_id"] = ip[4] << 8 | ip[5];
            json["ip_len"] = packet.IPLength;
            json["frag_offset"] = packet.FragmentOffset;
            json["more_fragments"] = packet.MoreFragments ? 1 : 0;
        }
        else
        {
            json["next_header"] = ip[6];
            json["plen"] = packet.IPLength - 40;
            json["flow_label"] = (ip[1] & 15) << 16 | ip[2] << 8 | ip[3];
        }
        if (packet.Transport.IsEmpty) return;
        string? transport = packet.Protocol switch { 6 => "tcp", 17 => "udp", 132 => "sctp", 1 => "icmp", 58 => "icmpv6", _ => null };
        if (transport is not null) json["l4"] = transport;
    }

    private static JsonArray Vlans(SampledPacket packet)
    {
        JsonArray vlans = [];
        for (int i = 0; i < packet.VlanCount; i++)
        {
            ushort tag = packet.VlanTag(i);
            vlans.Add(new JsonObject { ["id"] = tag & 0xFFF, ["priority"] = tag >> 13, ["dei"] = tag >> 12 & 1 });
        }
        return vlans;
    }

    public static string Mac(ulong address) =>
        string.Join(':', Enumerable.Range(0, 6).Select(i => (address >> (40 - 8 * i) & 0xFF).ToString("x2", CultureInfo.InvariantCulture)));
}
