using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store.Blocks;

/// <summary>One column of a block: how it is taken from a row and given back.</summary>
internal sealed record BlockColumn(string Name, BlockColumn.Getter Get, BlockColumn.Setter Set)
{
    internal delegate long Getter(in BlockRow row);

    internal delegate void Setter(ref BlockRow row, long value);
}

/// <summary>
/// The columns of a block, listed once: writing, reading and search are made from this list. A change here is a change of schema
/// (<see cref="StoreSchema.Version"/>).
/// </summary>
internal static class BlockColumns
{
    private static readonly BlockColumn[] Search =
    [
        new("position", (in r) => r.Position, (ref r, v) => r.Position = v),
        new("timestamp", (in r) => r.Flow.TimestampNanoseconds, (ref r, v) => r.Flow.TimestampNanoseconds = v),
        new("facts", (in r) => (long)r.Flow.Facts | NodePorts(r), SetFacts),
        new("protocol", (in r) => r.Flow.Protocol, (ref r, v) => r.Flow.Protocol = (byte)v),
        new("source_port", (in r) => r.Flow.SourcePort, (ref r, v) => r.Flow.SourcePort = (ushort)v),
        new("destination_port", (in r) => r.Flow.DestinationPort, (ref r, v) => r.Flow.DestinationPort = (ushort)v),
        new("counted", (in r) => r.Flow.Counted ? 1 : 0, (ref r, v) => r.Flow.Counted = v != 0),
        new("source_high", (in r) => (long)r.Flow.Source.High, (ref r, v) => r.Flow.Source = new Address((ulong)v, r.Flow.Source.Low)),
        new("source_low", (in r) => (long)r.Flow.Source.Low, (ref r, v) => r.Flow.Source = new Address(r.Flow.Source.High, (ulong)v)),
        new("destination_high", (in r) => (long)r.Flow.Destination.High, (ref r, v) => r.Flow.Destination = new Address((ulong)v, r.Flow.Destination.Low)),
        new("destination_low", (in r) => (long)r.Flow.Destination.Low, (ref r, v) => r.Flow.Destination = new Address(r.Flow.Destination.High, (ulong)v)),
        new("source_endpoint", (in r) => r.Flow.SourceEndpoint, (ref r, v) => r.Flow.SourceEndpoint = (int)v),
        new("destination_endpoint", (in r) => r.Flow.DestinationEndpoint, (ref r, v) => r.Flow.DestinationEndpoint = (int)v),
        new("source_service", (in r) => r.Flow.SourceService, (ref r, v) => r.Flow.SourceService = (int)v),
        new("destination_service", (in r) => r.Flow.DestinationService, (ref r, v) => r.Flow.DestinationService = (int)v),
        new("server_service", (in r) => r.Flow.ServerService, (ref r, v) => r.Flow.ServerService = (int)v),
    ];

    private static readonly BlockColumn[] Rest =
    [
        new("agent", (in r) => r.Flow.Agent, (ref r, v) => r.Flow.Agent = (int)v),
        new("datagram_sequence", (in r) => r.Flow.DatagramSequence, (ref r, v) => r.Flow.DatagramSequence = (uint)v),
        new("observation", (in r) => (long)r.Flow.Observation, (ref r, v) => r.Flow.Observation = (Observation)v),
        new("fault", (in r) => (long)r.Flow.Fault, (ref r, v) => r.Flow.Fault = (SampleFault)v),
        new("server_end", (in r) => (long)r.Flow.Server, (ref r, v) => r.Flow.Server = (ServerEnd)v),
        new("server_reason", (in r) => (long)r.Flow.ServerReason, (ref r, v) => r.Flow.ServerReason = (ServerReason)v),
        new("service_origin", (in r) => (long)r.Flow.ServiceOrigin, (ref r, v) => r.Flow.ServiceOrigin = (ServiceOrigin)v),
        new("sampling_rate", (in r) => r.Flow.SamplingRate, (ref r, v) => r.Flow.SamplingRate = (uint)v),
        new("frame_length", (in r) => r.Flow.FrameLength, (ref r, v) => r.Flow.FrameLength = (uint)v),
        new("stripped", (in r) => r.Flow.Stripped, (ref r, v) => r.Flow.Stripped = (uint)v),
        new("ip_length", (in r) => r.Flow.IpLength, (ref r, v) => r.Flow.IpLength = (uint)v),
        new("ttl", (in r) => r.Flow.Ttl, (ref r, v) => r.Flow.Ttl = (byte)v),
        new("tos", (in r) => r.Flow.Tos, (ref r, v) => r.Flow.Tos = (byte)v),
        new("fragment_offset", (in r) => r.Flow.FragmentOffset, (ref r, v) => r.Flow.FragmentOffset = (ushort)v),
        new("tcp_flags", (in r) => r.Flow.TcpFlags, (ref r, v) => r.Flow.TcpFlags = (byte)v),
        new("tcp_sequence", (in r) => r.Flow.TcpSequence, (ref r, v) => r.Flow.TcpSequence = (uint)v),
        new("tcp_acknowledgement", (in r) => r.Flow.TcpAcknowledgement, (ref r, v) => r.Flow.TcpAcknowledgement = (uint)v),
        new("acknowledged_bytes", (in r) => r.Flow.AcknowledgedBytes, (ref r, v) => r.Flow.AcknowledgedBytes = (uint)v),
        new("icmp_type", (in r) => r.Flow.IcmpType, (ref r, v) => r.Flow.IcmpType = (byte)v),
        new("icmp_code", (in r) => r.Flow.IcmpCode, (ref r, v) => r.Flow.IcmpCode = (byte)v),
        new("ether_type", (in r) => r.Flow.EtherType, (ref r, v) => r.Flow.EtherType = (ushort)v),
        new("source_mac", (in r) => (long)r.Flow.SourceMac, (ref r, v) => r.Flow.SourceMac = (ulong)v),
        new("destination_mac", (in r) => (long)r.Flow.DestinationMac, (ref r, v) => r.Flow.DestinationMac = (ulong)v),
        new("vlan_id", (in r) => r.Flow.VlanId, (ref r, v) => r.Flow.VlanId = (ushort)v),
        new("inner_vlan_id", (in r) => r.Flow.InnerVlanId, (ref r, v) => r.Flow.InnerVlanId = (ushort)v),
        new("tunnel_vni", (in r) => r.Flow.TunnelVni, (ref r, v) => r.Flow.TunnelVni = (uint)v),
        new("tunnel_source", (in r) => r.Flow.TunnelSource, (ref r, v) => r.Flow.TunnelSource = (uint)v),
        new("tunnel_destination", (in r) => r.Flow.TunnelDestination, (ref r, v) => r.Flow.TunnelDestination = (uint)v),
        new("uptime_milliseconds", (in r) => r.Flow.UptimeMilliseconds, (ref r, v) => r.Flow.UptimeMilliseconds = (uint)v),
        new("sample_sequence", (in r) => r.Flow.SampleSequence, (ref r, v) => r.Flow.SampleSequence = (uint)v),
        new("sample_format", (in r) => r.Flow.SampleFormat, (ref r, v) => r.Flow.SampleFormat = (uint)v),
        new("source_id_type", (in r) => r.Flow.SourceIdType, (ref r, v) => r.Flow.SourceIdType = (uint)v),
        new("source_id_index", (in r) => r.Flow.SourceIdIndex, (ref r, v) => r.Flow.SourceIdIndex = (uint)v),
        new("sample_pool", (in r) => r.Flow.SamplePool, (ref r, v) => r.Flow.SamplePool = (uint)v),
        new("drops", (in r) => r.Flow.Drops, (ref r, v) => r.Flow.Drops = (uint)v),
        new("input_format", (in r) => r.Flow.InputFormat, (ref r, v) => r.Flow.InputFormat = (uint)v),
        new("input_value", (in r) => r.Flow.InputValue, (ref r, v) => r.Flow.InputValue = (uint)v),
        new("output_format", (in r) => r.Flow.OutputFormat, (ref r, v) => r.Flow.OutputFormat = (uint)v),
        new("output_value", (in r) => r.Flow.OutputValue, (ref r, v) => r.Flow.OutputValue = (uint)v),
        new("header_protocol", (in r) => r.Flow.HeaderProtocol, (ref r, v) => r.Flow.HeaderProtocol = (uint)v),
    ];

    private static readonly BlockColumn[] Identity =
    [
        new("id_high", (in r) => (long)r.Flow.IdHigh, (ref r, v) => r.Flow.IdHigh = (ulong)v),
        new("id_low", (in r) => (long)r.Flow.IdLow, (ref r, v) => r.Flow.IdLow = (ulong)v),
    ];

    /// <summary>Bits of the column <c>facts</c> above <see cref="PacketFacts"/>: the port of source or destination is a NodePort.</summary>
    private const long SourceNodePort = 1L << 16, DestinationNodePort = 1L << 17;

    /// <summary>Whether a value of the column <c>facts</c> has a NodePort.</summary>
    public static bool IsNodePort(long facts) => (facts & (SourceNodePort | DestinationNodePort)) != 0;

    private static long NodePorts(in BlockRow row) =>
        (row.Flow.SourceRole == PortRole.NodePort ? SourceNodePort : 0) | (row.Flow.DestinationRole == PortRole.NodePort ? DestinationNodePort : 0);

    private static void SetFacts(ref BlockRow row, long value)
    {
        row.Flow.Facts = (PacketFacts)(value & ushort.MaxValue);
        if ((value & SourceNodePort) != 0) row.Flow.SourceRole = PortRole.NodePort;
        if ((value & DestinationNodePort) != 0) row.Flow.DestinationRole = PortRole.NodePort;
    }

    public static BlockColumn[] Of(BlockPart part) => part switch
    {
        BlockPart.Search => Search,
        BlockPart.Rest => Rest,
        _ => Identity,
    };
}
