using System.Globalization;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>One field of an answer: its name in ECS' manner, and where it comes from.</summary>
internal sealed record FlowField(string Name, Func<StoredFlow, FieldValue> Value);

/// <summary>The fields of a record in JSON and CSV, listed once. What a sample does not tell has no value.</summary>
internal static class FlowFields
{
    private const PacketFacts Ip = PacketFacts.IPv4 | PacketFacts.IPv6;

    public static readonly FlowField[] All =
    [
        new("position", f => f.Position),
        new("@timestamp", f => FlowTime.Format(f.Record.TimestampNanoseconds)),
        new("event.id", f => string.Create(CultureInfo.InvariantCulture, $"{f.Record.IdHigh:x16}{f.Record.IdLow:x16}")),
        new("network.name", f => f.Source.Network ?? f.Destination.Network),
        new("network.type", f => NetworkType(f.Record.Facts)),
        new("network.transport", f => IsIp(f) ? ProtocolNames.Of(f.Record.Protocol) : null),
        new("network.protocol", f => f.Record.IanaName),
        new("network.iana_number", f => IsIp(f) ? Text(f.Record.Protocol) : null),
        new("network.bytes", f => (long)f.Record.Bytes),
        new("network.packets", f => (long)f.Record.Packets),
        new("network.vlan.id", f => f.Record.VlanId == 0 ? null : Text(f.Record.VlanId)),
        new("network.inner.vlan.id", f => f.Record.InnerVlanId == 0 ? null : Text(f.Record.InnerVlanId)),
        .. End("source", f => f.Record.Source, f => f.Record.SourcePort, f => f.Record.SourceMac, f => f.Source, f => f.SourceService),
        .. End("destination", f => f.Record.Destination, f => f.Record.DestinationPort, f => f.Record.DestinationMac, f => f.Destination,
            f => f.DestinationService),
        new("server.service", f => f.ServerService),
        new("observer.ip", f => f.Record.AgentAddress.ToString()),
        new("observer.name", f => f.ObserverNode),
        new("sflow.counted", f => f.Record.Counted),
        new("sflow.observation", f => SnakeCase.OfOrNull(f.Record.Observation)),
        new("sflow.fault", f => SnakeCase.OfOrNull(f.Record.Fault)),
        new("sflow.server", f => SnakeCase.OfOrNull(f.Record.Server)),
        new("sflow.server_reason", f => SnakeCase.OfOrNull(f.Record.ServerReason)),
        new("sflow.is_initiator", f => f.Record.Server == ServerEnd.Unknown ? default(FieldValue) : f.Record.IsInitiator),
        new("sflow.service_origin", f => SnakeCase.OfOrNull(f.Record.ServiceOrigin)),
        new("sflow.conversation", f => Conversation.Of(f.Record, f.ServerService)),
        new("sflow.source_namespace", f => f.Source.Label),
        new("sflow.destination_namespace", f => f.Destination.Label),
        new("sflow.agent.sub_id", f => f.Record.SubAgentId),
        new("sflow.agent.uptime_milliseconds", f => f.Record.UptimeMilliseconds),
        new("sflow.datagram.sequence", f => f.Record.DatagramSequence),
        new("sflow.sample.sequence", f => f.Record.SampleSequence),
        new("sflow.sample.format", f => f.Record.SampleFormat),
        new("sflow.sample.rate", f => f.Record.SamplingRate),
        new("sflow.sample.pool", f => f.Record.SamplePool),
        new("sflow.sample.drops", f => f.Record.Drops),
        new("sflow.source_id.type", f => f.Record.SourceIdType),
        new("sflow.source_id.index", f => f.Record.SourceIdIndex),
        new("sflow.input.format", f => f.Record.InputFormat),
        new("sflow.input.value", f => f.Record.InputValue),
        new("sflow.output.state", f => f.Record.Output.ToString().ToLowerInvariant()),
        new("sflow.output.format", f => f.Record.OutputFormat),
        new("sflow.output.value", f => f.Record.OutputValue),
        new("sflow.header.protocol", f => f.Record.HeaderProtocol),
        new("sflow.header.frame_length", f => f.Record.FrameLength),
        new("sflow.header.stripped", f => f.Record.Stripped),
        new("sflow.header.cut", f => f.Record.Has(PacketFacts.Cut)),
        When("sflow.ether_type", PacketFacts.Ethernet, f => f.Record.EtherType),
        new("sflow.ip.length", f => IsIp(f) ? f.Record.IpLength : default(FieldValue)),
        new("sflow.ip.ttl", f => IsIp(f) && f.Record.HeaderProtocol != 0 ? f.Record.Ttl : default(FieldValue)),
        new("sflow.ip.tos", f => IsIp(f) ? f.Record.Tos : default(FieldValue)),
        When("sflow.ip.fragment_offset", PacketFacts.Fragment, f => f.Record.FragmentOffset),
        new("sflow.tcp.flags", f => f.Record.Has(PacketFacts.Tcp) || f.Record.TcpFlags != 0 ? TcpFlags(f.Record.TcpFlags) : default(FieldValue)),
        When("sflow.tcp.sequence", PacketFacts.Tcp, f => f.Record.TcpSequence),
        When("sflow.tcp.acknowledgement", PacketFacts.Tcp, f => f.Record.TcpAcknowledgement),
        new("sflow.acknowledged_bytes", f => f.Record.AcknowledgedBytes > 0 ? f.Record.AcknowledgedBytes : default(FieldValue)),
        When("sflow.icmp.type", PacketFacts.Icmp, f => f.Record.IcmpType),
        When("sflow.icmp.code", PacketFacts.Icmp, f => f.Record.IcmpCode),
        When("sflow.tunnel.vni", PacketFacts.TunnelIngress, f => f.Record.TunnelVni),
        When("sflow.tunnel.source", PacketFacts.TunnelIngress, f => Address.FromIPv4(f.Record.TunnelSource).ToString()),
        When("sflow.tunnel.destination", PacketFacts.TunnelIngress, f => Address.FromIPv4(f.Record.TunnelDestination).ToString()),
    ];

    private static FlowField[] End(
        string end, Func<StoredFlow, Address> address, Func<StoredFlow, long> port, Func<StoredFlow, ulong> mac,
        Func<StoredFlow, FlowEndpoint> endpoint, Func<StoredFlow, string?> service) =>
    [
        new($"{end}.ip", f => IsIp(f) ? address(f).ToString() : null),
        When($"{end}.port", PacketFacts.Ports, f => port(f)),
        When($"{end}.mac", PacketFacts.Ethernet, f => MacText.Of(mac(f))),
        new($"{end}.kubernetes.namespace", f => endpoint(f).Namespace),
        new($"{end}.kubernetes.kind", f => endpoint(f).KubernetesKind),
        new($"{end}.kubernetes.name", f => endpoint(f).KubernetesKind is null ? null : endpoint(f).Name),
        new($"{end}.kubernetes.owner.kind", f => endpoint(f).OwnerKind),
        new($"{end}.kubernetes.owner.name", f => endpoint(f).OwnerName),
        new($"{end}.kubernetes.node.name", f => endpoint(f).NodeName),
        new($"{end}.kubernetes.zone", f => endpoint(f).Zone),
        new($"{end}.kubernetes.region", f => endpoint(f).Region),
        new($"{end}.service", f => service(f)),
    ];

    private static FlowField When(string name, PacketFacts fact, Func<StoredFlow, FieldValue> value) =>
        new(name, f => f.Record.Has(fact) ? value(f) : default);

    private static bool IsIp(StoredFlow flow) => (flow.Record.Facts & Ip) != PacketFacts.None;

    private static string? NetworkType(PacketFacts facts) =>
        (facts & (Ip | PacketFacts.Arp)) switch
        {
            PacketFacts.IPv4 => "ipv4",
            PacketFacts.IPv6 => "ipv6",
            PacketFacts.Arp => "arp",
            _ => null,
        };

    private static string TcpFlags(byte flags) => string.Join(' ', TcpFlag.Names.Where((_, bit) => (flags & (1 << bit)) != 0));

    private static string Text(ushort number) => number.ToString(CultureInfo.InvariantCulture);
}
