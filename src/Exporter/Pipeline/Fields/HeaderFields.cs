using System.Text;

namespace SFlow.Exporter.Pipeline.Fields;

/// <summary>What the sampled header says beyond addresses and ports.</summary>
internal static class HeaderFields
{
    private static readonly byte[][] FlagTexts = [.. TcpFlag.Names.Select(flag => Encoding.UTF8.GetBytes($"\"{flag}\","))];

    public static readonly Field[] All =
    [
        Number("sflow.ether_type", "EtherType after VLAN tags.", PacketFacts.Ethernet, flow => flow.Record.EtherType),
        Field.Number("sflow.ip.length", "Length of the IP packet with its header, in bytes.", flow => flow.IsIp ? flow.Record.IpLength : null, "bytes").OfSample(),
        Field.Number("sflow.ip.ttl", "Time to live, or hop limit.", flow => flow.IsIp && flow.Record.HeaderProtocol != 0 ? flow.Record.Ttl : null, "hops").OfSample(),
        Field.Number("sflow.ip.tos", "Type of service, or traffic class.", flow => flow.IsIp ? flow.Record.Tos : null),
        Field.Number("sflow.ip.dscp", "Differentiated services code point: the upper six bits of sflow.ip.tos.", flow => flow.IsIp ? flow.Record.Tos >> 2 : null),
        Field.Number("sflow.ip.fragment_offset", "Fragment offset, in units of 8 bytes.", flow => flow.IsIp && flow.Record.Has(PacketFacts.Fragment) ? flow.Record.FragmentOffset : null, "8 bytes").OfSample(),
        new("sflow.tcp.flags", Field.Keyword, "Names of the TCP flags that are set; separated by spaces in the search.")
        {
            Read = flow => HasFlags(flow) ? string.Join(' ', TcpFlag.Names.Where((_, bit) => (flow.Record.TcpFlags & (1 << bit)) != 0)) : default(FieldValue),
            Write = WriteFlags,
        },
        Number("sflow.tcp.sequence", "TCP sequence number.", PacketFacts.Tcp, flow => flow.Record.TcpSequence).OfSample(),
        Number("sflow.tcp.acknowledgement", "TCP acknowledgement number.", PacketFacts.Tcp, flow => flow.Record.TcpAcknowledgement).OfSample(),
        Number("sflow.icmp.type", "ICMP type.", PacketFacts.Icmp, flow => flow.Record.IcmpType),
        Number("sflow.icmp.code", "ICMP code.", PacketFacts.Icmp, flow => flow.Record.IcmpCode),
        Number("sflow.tunnel.vni", "Network identifier of the tunnel that the packet came by.", PacketFacts.TunnelIngress, flow => flow.Record.TunnelVni),
        Tunnel("sflow.tunnel.source", "Outer source address of that tunnel.", flow => flow.Record.TunnelSource),
        Tunnel("sflow.tunnel.destination", "Outer destination address of that tunnel.", flow => flow.Record.TunnelDestination),
    ];

    private static Field Number(string name, string meaning, PacketFacts fact, Func<NamedFlow, long> value) => Field.Number(name, meaning, flow => flow.Record.Has(fact) ? value(flow) : null);

    private static Field Tunnel(string name, string meaning, Func<NamedFlow, uint> value) =>
        Field.AddressOf(name, meaning, flow => flow.Record.Has(PacketFacts.TunnelIngress) ? Address.FromIPv4(value(flow)) : null);

    private static bool HasFlags(NamedFlow flow) => flow.Record.Has(PacketFacts.Tcp) || flow.Record.TcpFlags != 0;

    private static bool WriteFlags(NamedFlow flow, JsonBuffer json)
    {
        if (!HasFlags(flow)) return false;
        json.Raw("["u8);
        for (int bit = 0; bit < FlagTexts.Length; bit++)
            if ((flow.Record.TcpFlags >> bit & 1) != 0) json.Raw(FlagTexts[bit]);
        if (flow.Record.TcpFlags != 0) json.Length--;
        return json.Raw("]"u8);
    }
}
