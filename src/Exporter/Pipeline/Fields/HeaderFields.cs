namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What the sampled header says beyond addresses and ports.</summary>
internal static class HeaderFields
{
    public static readonly Field[] All =
    [
        When("sflow.ether_type", Field.Long, "EtherType after VLAN tags.", PacketFacts.Ethernet, flow => flow.Record.EtherType),
        new("sflow.ip.length", Field.Long, "Length of the IP packet with its header, in bytes.") { Unit = "bytes", Read = flow => flow.IsIp ? flow.Record.IpLength : default(FieldValue) },
        new("sflow.ip.ttl", Field.Long, "Time to live, or hop limit.") { Unit = "hops", Read = flow => flow.IsIp && flow.Record.HeaderProtocol != 0 ? flow.Record.Ttl : default(FieldValue) },
        new("sflow.ip.tos", Field.Long, "Type of service, or traffic class.") { Read = flow => flow.IsIp ? flow.Record.Tos : default(FieldValue) },
        new("sflow.ip.dscp", Field.Long, "Differentiated services code point: the upper six bits of sflow.ip.tos.") { Read = flow => flow.IsIp ? flow.Record.Tos >> 2 : default(FieldValue) },
        new("sflow.ip.fragment_offset", Field.Long, "Fragment offset, in units of 8 bytes.")
        {
            Unit = "8 bytes",
            Read = flow => flow.IsIp && flow.Record.Has(PacketFacts.Fragment) ? flow.Record.FragmentOffset : default(FieldValue),
        },
        new("sflow.tcp.flags", Field.Keyword, "Names of the TCP flags that are set; separated by spaces in the search.")
        {
            Read = flow => flow.Record.Has(PacketFacts.Tcp) || flow.Record.TcpFlags != 0 ? Flags(flow.Record.TcpFlags) : default(FieldValue),
        },
        When("sflow.tcp.sequence", Field.Long, "TCP sequence number.", PacketFacts.Tcp, flow => flow.Record.TcpSequence),
        When("sflow.tcp.acknowledgement", Field.Long, "TCP acknowledgement number.", PacketFacts.Tcp, flow => flow.Record.TcpAcknowledgement),
        When("sflow.icmp.type", Field.Long, "ICMP type.", PacketFacts.Icmp, flow => flow.Record.IcmpType),
        When("sflow.icmp.code", Field.Long, "ICMP code.", PacketFacts.Icmp, flow => flow.Record.IcmpCode),
        When("sflow.tunnel.vni", Field.Long, "Network identifier of the tunnel that the packet came by.", PacketFacts.TunnelIngress, flow => flow.Record.TunnelVni),
        When("sflow.tunnel.source", Field.Ip, "Outer source address of that tunnel.", PacketFacts.TunnelIngress, flow => Address.FromIPv4(flow.Record.TunnelSource).ToString()),
        When("sflow.tunnel.destination", Field.Ip, "Outer destination address of that tunnel.", PacketFacts.TunnelIngress, flow => Address.FromIPv4(flow.Record.TunnelDestination).ToString()),
    ];

    private static Field When(string name, string type, string meaning, PacketFacts fact, Func<NamedFlow, FieldValue> value) =>
        new(name, type, meaning) { Read = flow => flow.Record.Has(fact) ? value(flow) : default };

    private static string Flags(byte flags) => string.Join(' ', TcpFlag.Names.Where((_, bit) => (flags & (1 << bit)) != 0));
}
