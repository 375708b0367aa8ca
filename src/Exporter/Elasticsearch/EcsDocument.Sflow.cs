using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The part under <c>sflow</c>: what the agent said, what was made of it, and the label values that Prometheus has for the record.</summary>
internal sealed partial class EcsDocument
{
    private static readonly JsonEncodedText[] TcpFlags = [.. TcpFlag.Names.Select(flag => JsonEncodedText.Encode(flag))];
    private static readonly JsonEncodedText[] Observations = Words<Observation>();
    private static readonly JsonEncodedText[] ServerReasons = Words<ServerReason>();
    private static readonly JsonEncodedText[] ServiceOrigins = Words<ServiceOrigin>();
    private static readonly JsonEncodedText[] Directions = [.. Enum.GetValues<NetworkDirection>().Select(direction => JsonEncodedText.Encode(SnakeCase.Of(direction)))];
    private static readonly JsonEncodedText[] OutputStates = [.. Enum.GetValues<OutputState>().Select(state => JsonEncodedText.Encode(SnakeCase.Of(state)))];
    private static readonly JsonEncodedText[] Faults = Words<SampleFault>();

    private void WriteSflow(Utf8JsonWriter writer, in Flow record)
    {
        writer.WriteStartObject("sflow"u8);
        writer.WriteBoolean("counted"u8, record.Counted);
        WriteWord(writer, "observation"u8, Observations, (int)record.Observation);
        if (record.Server != ServerEnd.Unknown) writer.WriteBoolean("is_initiator"u8, record.IsInitiator);
        WriteWord(writer, "server_reason"u8, ServerReasons, (int)record.ServerReason);
        WriteWord(writer, "service_origin"u8, ServiceOrigins, (int)record.ServiceOrigin);
        WriteWord(writer, "fault"u8, Faults, (int)record.Fault);
        writer.WriteString("source_namespace"u8, names.Endpoints[record.SourceEndpoint].Label);
        writer.WriteString("destination_namespace"u8, names.Endpoints[record.DestinationEndpoint].Label);
        string? service = record.ServerService > 0 ? names.Services[record.ServerService] : null;
        if (Conversation.Write(record, service, stackalloc byte[Conversation.Longest]) is { IsEmpty: false } conversation) writer.WriteString("conversation"u8, conversation);
        if (service is not null) writer.WriteString("server_service"u8, service);
        writer.WriteString("locality"u8, localities.NameOf(localities.Of(record)));
        if (record.AcknowledgedBytes > 0) writer.WriteNumber("acknowledged_bytes"u8, record.AcknowledgedBytes);
        WriteSample(writer, record);
        WriteHeader(writer, record);
        if (record.Has(PacketFacts.TunnelIngress))
        {
            writer.WriteStartObject("tunnel"u8);
            writer.WriteNumber("vni"u8, record.TunnelVni);
            writer.WriteAddress("source"u8, Address.FromIPv4(record.TunnelSource));
            writer.WriteAddress("destination"u8, Address.FromIPv4(record.TunnelDestination));
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter writer, in Flow record)
    {
        writer.WriteStartObject("agent"u8);
        writer.WriteAddress("address"u8, record.AgentAddress);
        writer.WriteNumber("sub_id"u8, record.SubAgentId);
        writer.WriteNumber("uptime_milliseconds"u8, record.UptimeMilliseconds);
        writer.WriteEndObject();

        writer.WriteStartObject("datagram"u8);
        writer.WriteNumber("sequence"u8, record.DatagramSequence);
        writer.WriteEndObject();

        writer.WriteStartObject("sample"u8);
        writer.WriteString("type"u8, record.SampleFormat == 3 ? "expanded_flow"u8 : "flow"u8);
        writer.WriteNumber("sequence"u8, record.SampleSequence);
        writer.WriteNumber("rate"u8, record.SamplingRate);
        writer.WriteNumber("pool"u8, record.SamplePool);
        writer.WriteNumber("drops"u8, record.Drops);
        writer.WriteEndObject();

        writer.WriteStartObject("source_id"u8);
        writer.WriteNumber("type"u8, record.SourceIdType);
        writer.WriteNumber("index"u8, record.SourceIdIndex);
        writer.WriteEndObject();

        writer.WriteStartObject("input"u8);
        WriteInterfaceNumbers(writer, record.InputFormat, record.InputValue);
        writer.WriteStartObject("output"u8);
        writer.WriteString("state"u8, OutputStates[(int)record.Output]);
        WriteInterfaceNumbers(writer, record.OutputFormat, record.OutputValue);
    }

    private static void WriteHeader(Utf8JsonWriter writer, in Flow record)
    {
        writer.WriteStartObject("header"u8);
        writer.WriteNumber("protocol"u8, record.HeaderProtocol);
        writer.WriteNumber("frame_length"u8, record.FrameLength);
        writer.WriteNumber("stripped"u8, record.Stripped);
        writer.WriteBoolean("cut"u8, record.Has(PacketFacts.Cut));
        writer.WriteEndObject();

        if (record.Has(PacketFacts.Ethernet)) writer.WriteNumber("ether_type"u8, record.EtherType);
        if (IsIp(record))
        {
            writer.WriteStartObject("ip"u8);
            writer.WriteNumber("length"u8, record.IpLength);
            if (record.HeaderProtocol != 0) writer.WriteNumber("ttl"u8, record.Ttl);
            writer.WriteNumber("tos"u8, record.Tos);
            writer.WriteNumber("dscp"u8, record.Tos >> 2);
            if (record.Has(PacketFacts.Fragment)) writer.WriteNumber("fragment_offset"u8, record.FragmentOffset);
            writer.WriteEndObject();
        }
        if (record.Has(PacketFacts.Tcp) || record.TcpFlags != 0)
        {
            writer.WriteStartObject("tcp"u8);
            writer.WriteStartArray("flags"u8);
            for (int bit = 0; bit < TcpFlags.Length; bit++)
                if ((record.TcpFlags >> bit & 1) != 0) writer.WriteStringValue(TcpFlags[bit]);
            writer.WriteEndArray();
            if (record.Has(PacketFacts.Tcp))
            {
                writer.WriteNumber("sequence"u8, record.TcpSequence);
                writer.WriteNumber("acknowledgement"u8, record.TcpAcknowledgement);
            }
            writer.WriteEndObject();
        }
        if (record.Has(PacketFacts.Icmp))
        {
            writer.WriteStartObject("icmp"u8);
            writer.WriteNumber("type"u8, record.IcmpType);
            writer.WriteNumber("code"u8, record.IcmpCode);
            writer.WriteEndObject();
        }
    }

    private static void WriteInterfaceNumbers(Utf8JsonWriter writer, uint format, uint value)
    {
        writer.WriteNumber("format"u8, format);
        writer.WriteNumber("value"u8, value);
        writer.WriteEndObject();
    }

    /// <summary>The first member stands for "nothing to say".</summary>
    private static void WriteWord(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonEncodedText[] words, int member)
    {
        if (member != 0) writer.WriteString(name, words[member]);
    }

    private static JsonEncodedText[] Words<T>() where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(member => JsonEncodedText.Encode(SnakeCase.OfOrNull(member) ?? ""))];
}
