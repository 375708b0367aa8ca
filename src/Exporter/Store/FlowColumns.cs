using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Store;

/// <summary>One numeric column of the table <c>flow</c>: how it is taken from a record and given back.</summary>
internal sealed record FlowColumn(string Name, FlowColumn.Getter Get, FlowColumn.Setter Set)
{
    internal delegate long Getter(in Flow record);

    internal delegate void Setter(ref Flow record, long value);
}

/// <summary>
/// The numeric columns, listed once: table, insert and search are made from this list. What searches ask for stands first,
/// because SQLite reads a row from its start. A change here is a change of schema (<see cref="StoreSchema.Version"/>).
/// </summary>
internal static class FlowColumns
{
    public static readonly FlowColumn[] All =
    [
        new("timestamp", (in r) => r.TimestampNanoseconds, (ref r, v) => r.TimestampNanoseconds = v),
        new("facts", (in r) => (long)r.Facts, (ref r, v) => r.Facts = (PacketFacts)v),
        new("protocol", (in r) => r.Protocol, (ref r, v) => r.Protocol = (byte)v),
        new("source_port", (in r) => r.SourcePort, (ref r, v) => r.SourcePort = (ushort)v),
        new("destination_port", (in r) => r.DestinationPort, (ref r, v) => r.DestinationPort = (ushort)v),
        new("counted", (in r) => r.Counted ? 1 : 0, (ref r, v) => r.Counted = v != 0),
        new("datagram_sequence", (in r) => r.DatagramSequence, (ref r, v) => r.DatagramSequence = (uint)v),
        new("id_high", (in r) => (long)r.IdHigh, (ref r, v) => r.IdHigh = (ulong)v),
        new("id_low", (in r) => (long)r.IdLow, (ref r, v) => r.IdLow = (ulong)v),
        new("observation", (in r) => (long)r.Observation, (ref r, v) => r.Observation = (Observation)v),
        new("fault", (in r) => (long)r.Fault, (ref r, v) => r.Fault = (SampleFault)v),
        new("server_end", (in r) => (long)r.Server, (ref r, v) => r.Server = (ServerEnd)v),
        new("server_reason", (in r) => (long)r.ServerReason, (ref r, v) => r.ServerReason = (ServerReason)v),
        new("service_origin", (in r) => (long)r.ServiceOrigin, (ref r, v) => r.ServiceOrigin = (ServiceOrigin)v),
        new("sampling_rate", (in r) => r.SamplingRate, (ref r, v) => r.SamplingRate = (uint)v),
        new("frame_length", (in r) => r.FrameLength, (ref r, v) => r.FrameLength = (uint)v),
        new("stripped", (in r) => r.Stripped, (ref r, v) => r.Stripped = (uint)v),
        new("ip_length", (in r) => r.IpLength, (ref r, v) => r.IpLength = (uint)v),
        new("ttl", (in r) => r.Ttl, (ref r, v) => r.Ttl = (byte)v),
        new("tos", (in r) => r.Tos, (ref r, v) => r.Tos = (byte)v),
        new("fragment_offset", (in r) => r.FragmentOffset, (ref r, v) => r.FragmentOffset = (ushort)v),
        new("tcp_flags", (in r) => r.TcpFlags, (ref r, v) => r.TcpFlags = (byte)v),
        new("tcp_sequence", (in r) => r.TcpSequence, (ref r, v) => r.TcpSequence = (uint)v),
        new("tcp_acknowledgement", (in r) => r.TcpAcknowledgement, (ref r, v) => r.TcpAcknowledgement = (uint)v),
        new("acknowledged_bytes", (in r) => r.AcknowledgedBytes, (ref r, v) => r.AcknowledgedBytes = (uint)v),
        new("icmp_type", (in r) => r.IcmpType, (ref r, v) => r.IcmpType = (byte)v),
        new("icmp_code", (in r) => r.IcmpCode, (ref r, v) => r.IcmpCode = (byte)v),
        new("ether_type", (in r) => r.EtherType, (ref r, v) => r.EtherType = (ushort)v),
        new("source_mac", (in r) => (long)r.SourceMac, (ref r, v) => r.SourceMac = (ulong)v),
        new("destination_mac", (in r) => (long)r.DestinationMac, (ref r, v) => r.DestinationMac = (ulong)v),
        new("vlan_id", (in r) => r.VlanId, (ref r, v) => r.VlanId = (ushort)v),
        new("inner_vlan_id", (in r) => r.InnerVlanId, (ref r, v) => r.InnerVlanId = (ushort)v),
        new("tunnel_vni", (in r) => r.TunnelVni, (ref r, v) => r.TunnelVni = (uint)v),
        new("tunnel_source", (in r) => r.TunnelSource, (ref r, v) => r.TunnelSource = (uint)v),
        new("tunnel_destination", (in r) => r.TunnelDestination, (ref r, v) => r.TunnelDestination = (uint)v),
        new("uptime_milliseconds", (in r) => r.UptimeMilliseconds, (ref r, v) => r.UptimeMilliseconds = (uint)v),
        new("sample_sequence", (in r) => r.SampleSequence, (ref r, v) => r.SampleSequence = (uint)v),
        new("sample_format", (in r) => r.SampleFormat, (ref r, v) => r.SampleFormat = (uint)v),
        new("source_id_type", (in r) => r.SourceIdType, (ref r, v) => r.SourceIdType = (uint)v),
        new("source_id_index", (in r) => r.SourceIdIndex, (ref r, v) => r.SourceIdIndex = (uint)v),
        new("sample_pool", (in r) => r.SamplePool, (ref r, v) => r.SamplePool = (uint)v),
        new("drops", (in r) => r.Drops, (ref r, v) => r.Drops = (uint)v),
        new("input_format", (in r) => r.InputFormat, (ref r, v) => r.InputFormat = (uint)v),
        new("input_value", (in r) => r.InputValue, (ref r, v) => r.InputValue = (uint)v),
        new("output_format", (in r) => r.OutputFormat, (ref r, v) => r.OutputFormat = (uint)v),
        new("output_value", (in r) => r.OutputValue, (ref r, v) => r.OutputValue = (uint)v),
        new("header_protocol", (in r) => r.HeaderProtocol, (ref r, v) => r.HeaderProtocol = (uint)v),
    ];
}
