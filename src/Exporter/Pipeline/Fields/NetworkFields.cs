using System.Globalization;

namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What ECS says of a packet's network.</summary>
internal static class NetworkFields
{
    public static readonly Field[] All =
    [
        new("network.name", Field.Keyword, "User-defined network of OVN-Kubernetes.") { Read = flow => flow.Source.Network ?? flow.Destination.Network },
        new("network.direction", Field.Keyword, "Direction by the border of the cluster: internal, inbound, outbound or external. unknown: an end is not known."),
        new("network.type", Field.Keyword, "ipv4, ipv6 or arp.") { Read = flow => Type(flow.Record.Facts) },
        new("network.transport", Field.Keyword, "Name of the IP protocol.") { Read = flow => flow.IsIp ? ProtocolNames.Of(flow.Record.Protocol) : null },
        new("network.protocol", Field.Keyword, "IANA's name of the server's port, where sflow.service_origin is iana.") { Read = flow => flow.Record.IanaName },
        new("network.iana_number", Field.Keyword, "Number of the IP protocol.") { Read = flow => flow.IsIp ? Text(flow.Record.Protocol) : null },
        new("network.bytes", Field.Long, "Estimated layer 2 bytes without the frame check sequence.") { Unit = "bytes", Read = flow => (long)flow.Record.Bytes },
        new("network.packets", Field.Long, "Estimated packets: the sampling rate.") { Unit = "packets", Read = flow => (long)flow.Record.Packets },
        new("network.vlan.id", Field.Keyword, "802.1Q identifier of the outer tag.") { Read = flow => flow.Record.VlanId == 0 ? null : Text(flow.Record.VlanId) },
        new("network.inner.vlan.id", Field.Keyword, "802.1Q identifier of the inner tag.") { Read = flow => flow.Record.InnerVlanId == 0 ? null : Text(flow.Record.InnerVlanId) },
        new("network.community_id", Field.Keyword, "Community ID of the packet's addresses and ports."),
        new("related.ip", Field.Ip, "Addresses of the packet."),
    ];

    private static string? Type(PacketFacts facts) =>
        (facts & (PacketFacts.IPv4 | PacketFacts.IPv6 | PacketFacts.Arp)) switch
        {
            PacketFacts.IPv4 => "ipv4",
            PacketFacts.IPv6 => "ipv6",
            PacketFacts.Arp => "arp",
            _ => null,
        };

    private static string Text(ushort number) => number.ToString(CultureInfo.InvariantCulture);
}
