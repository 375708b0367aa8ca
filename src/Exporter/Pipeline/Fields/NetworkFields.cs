namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What ECS says of a packet's network.</summary>
internal static class NetworkFields
{
    public static readonly Field[] All =
    [
        Field.Text("network.name", "User-defined network of OVN-Kubernetes.", flow => flow.Source.Network ?? flow.Destination.Network),
        Field.State<NetworkDirection>("network.direction", "Direction by the border of the cluster: internal, inbound, outbound or external. unknown: an end is not known.",
            flow => (int)ClusterBorder.Direction(flow.Source.Kind, flow.Destination.Kind)),
        Field.Text("network.type", "ipv4, ipv6 or arp.", flow => Type(flow.Record.Facts)),
        Field.Text("network.transport", "Name of the IP protocol.", flow => flow.IsIp ? ProtocolNames.Of(flow.Record.Protocol) : null),
        Field.Text("network.protocol", "IANA's name of the server's port, where sflow.service_origin is iana.", flow => flow.Record.IanaName),
        Field.NumberName("network.iana_number", "Number of the IP protocol.", flow => flow.IsIp ? flow.Record.Protocol : null),
        Field.Number("network.bytes", "Estimated layer 2 bytes without the frame check sequence.", flow => flow.Bytes, "bytes"),
        Field.Number("network.packets", "Estimated packets: the sampling rate.", flow => flow.Packets, "packets"),
        Field.NumberName("network.vlan.id", "802.1Q identifier of the outer tag.", flow => flow.Record.VlanId == 0 ? null : flow.Record.VlanId),
        Field.NumberName("network.inner.vlan.id", "802.1Q identifier of the inner tag.", flow => flow.Record.InnerVlanId == 0 ? null : flow.Record.InnerVlanId),
        new("network.community_id", Field.Keyword, "Community ID of the packet's addresses and ports.")
        {
            Write = (flow, json) =>
            {
                Span<byte> id = stackalloc byte[CommunityId.Length];
                return CommunityId.TryWrite(flow.Record, id) && json.Plain(id);
            },
        },
        new("related.ip", Field.Ip, "Addresses of the packet.")
        {
            Write = (flow, json) =>
            {
                if (!flow.IsIp) return false;
                json.Raw("["u8);
                json.Address(flow.Record.Source);
                if (flow.Record.Source == flow.Record.Destination) return json.Raw("]"u8);
                json.Raw(","u8);
                json.Address(flow.Record.Destination);
                return json.Raw("]"u8);
            },
        },
    ];

    private static string? Type(PacketFacts facts) =>
        (facts & (PacketFacts.IPv4 | PacketFacts.IPv6 | PacketFacts.Arp)) switch
        {
            PacketFacts.IPv4 => "ipv4",
            PacketFacts.IPv6 => "ipv6",
            PacketFacts.Arp => "arp",
            _ => null,
        };
}
