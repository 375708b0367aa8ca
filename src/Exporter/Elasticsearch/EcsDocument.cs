using System.Text;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// One record as a document of the Elastic Common Schema, with what has no place there under <c>sflow</c>. What a sample does not tell is left
/// out. Every field is in <see cref="Pipeline.Fields.FieldCatalogue"/>, whose values a test compares with the document's. One instance serves one thread.
/// </summary>
internal sealed partial class EcsDocument : IDisposable
{
    private readonly Registries names;
    private readonly Localities localities;
    private readonly EndDocument source, destination;
    private readonly JsonEncodedText dataset;
    private readonly byte[] dataStream = [];

    public EcsDocument(Registries names, IGeoIp? places = null)
        : this(names, StreamName.Default, places)
    {
    }

    public EcsDocument(Registries names, StreamName stream, IGeoIp? places)
    {
        this.names = names;
        localities = new Localities(names);
        (source, destination) = (new EndDocument(names.Endpoints, places), new EndDocument(names.Endpoints, places));
        dataset = JsonEncodedText.Encode(stream.EventDataset);
        if (stream.Namespace is not null)
            dataStream = Encoding.UTF8.GetBytes($$"""{"type":"{{stream.Type}}","dataset":"{{stream.Dataset}}","namespace":"{{stream.Namespace}}"}""");
    }

    public void Write(Utf8JsonWriter writer, in Flow record)
    {
        writer.WriteStartObject();
        Span<byte> text = stackalloc byte[UnixTime.TextLength];
        ReadOnlySpan<byte> time = UnixTime.Format(record.TimestampNanoseconds, text);
        writer.WriteString("@timestamp"u8, time);
        WriteRaw(writer, "ecs"u8, """{"version":"9.4.0"}"""u8);
        WriteRaw(writer, "tags"u8, """["sflow","forwarded"]"""u8);
        WriteRaw(writer, "data_stream"u8, dataStream);
        WriteEvent(writer, record, time);
        WriteObserver(writer, record);
        WriteNetwork(writer, record);
        WriteEnds(writer, record);
        WriteSflow(writer, record);
        writer.WriteEndObject();
    }

    public void Dispose()
    {
        source.Dispose();
        destination.Dispose();
    }

    private static bool IsIp(in Flow record) => (record.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None;

    private void WriteEvent(Utf8JsonWriter writer, in Flow record, ReadOnlySpan<byte> time)
    {
        writer.WriteStartObject("event"u8);
        writer.WriteString("kind"u8, "event"u8);
        WriteRaw(writer, "category"u8, """["network"]"""u8);
        WriteRaw(writer, "type"u8, record.IanaName is null ? """["connection"]"""u8 : """["connection","protocol"]"""u8);
        writer.WriteString("action"u8, "sflow_flow"u8);
        writer.WriteString("dataset"u8, dataset);
        writer.WriteString("module"u8, "sflow"u8);
        writer.WriteNumber("sequence"u8, record.SampleSequence);
        writer.WriteString("created"u8, time);
        writer.WriteEndObject();
    }

    private void WriteObserver(Utf8JsonWriter writer, in Flow record)
    {
        Node? home = record.ObserverNode < 0 ? null : names.Nodes[record.ObserverNode];
        string? node = home?.Name;
        ReadOnlySpan<byte> agent = JsonText.Format(record.AgentAddress, stackalloc byte[JsonText.AddressLength]);
        writer.WriteStartObject("host"u8);
        if (node is null) writer.WriteString("name"u8, agent);
        else writer.WriteString("name"u8, node);
        writer.WriteEndObject();

        if (home is { Zone: not null } or { Region: not null })
        {
            writer.WriteStartObject("cloud"u8);
            if (home.Zone is not null) writer.WriteString("availability_zone"u8, home.Zone);
            if (home.Region is not null) writer.WriteString("region"u8, home.Region);
            writer.WriteEndObject();
        }
        writer.WriteStartObject("observer"u8);
        writer.WriteString("ip"u8, agent);
        if (node is not null) writer.WriteString("name"u8, node);
        writer.WriteString("type"u8, "switch"u8);
        WriteInterface(writer, "ingress"u8, record.InputFormat, record.InputValue);
        WriteInterface(writer, "egress"u8, record.OutputFormat, record.OutputValue);
        writer.WriteEndObject();
    }

    /// <summary>A single interface that is known. "Discarded" and "several" name none; Open vSwitch says "discarded" where it does not know the output.</summary>
    private static void WriteInterface(Utf8JsonWriter writer, ReadOnlySpan<byte> direction, uint format, uint value)
    {
        if (format != 0 || value is 0 or Flow.TheDevice) return;
        writer.WriteStartObject(direction);
        writer.WriteStartObject("interface"u8);
        writer.WriteNumberText("id"u8, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteNetwork(Utf8JsonWriter writer, in Flow record)
    {
        writer.WriteStartObject("network"u8);
        if ((names.Endpoints[record.SourceEndpoint].Network ?? names.Endpoints[record.DestinationEndpoint].Network) is { } network) writer.WriteString("name"u8, network);
        writer.WriteString("direction"u8, Directions[(int)ClusterBorder.Direction(names.Endpoints.Brief(record.SourceEndpoint).Kind, names.Endpoints.Brief(record.DestinationEndpoint).Kind)]);
        if (record.Has(PacketFacts.IPv4)) writer.WriteString("type"u8, "ipv4"u8);
        else if (record.Has(PacketFacts.IPv6)) writer.WriteString("type"u8, "ipv6"u8);
        else if (record.Has(PacketFacts.Arp)) writer.WriteString("type"u8, "arp"u8);
        if (IsIp(record))
        {
            writer.WriteString("transport"u8, ProtocolNames.Of(record.Protocol));
            if (record.IanaName is { } protocol) writer.WriteString("protocol"u8, protocol);
            writer.WriteNumberText("iana_number"u8, record.Protocol);
        }
        writer.WriteNumber("bytes"u8, record.Bytes);
        writer.WriteNumber("packets"u8, record.Packets);
        if (record.VlanId != 0) WriteVlan(writer, record.VlanId);
        if (record.InnerVlanId != 0)
        {
            writer.WriteStartObject("inner"u8);
            WriteVlan(writer, record.InnerVlanId);
            writer.WriteEndObject();
        }
        WriteCommunityId(writer, record);
        writer.WriteEndObject();
    }

    /// <summary>Written as it is: base64 needs no escaping, and a plus sign spelt \u002B is not found by people who look for the id in a file.</summary>
    private static void WriteCommunityId(Utf8JsonWriter writer, in Flow record)
    {
        Span<byte> text = stackalloc byte[CommunityId.Length + 2];
        text[0] = text[^1] = (byte)'"';
        if (CommunityId.TryWrite(record, text[1..^1])) WriteRaw(writer, "community_id"u8, text);
    }

    private static void WriteVlan(Utf8JsonWriter writer, ushort id)
    {
        writer.WriteStartObject("vlan"u8);
        writer.WriteNumberText("id"u8, id);
        writer.WriteEndObject();
    }

    private void WriteEnds(Utf8JsonWriter writer, in Flow record)
    {
        ReadOnlySpan<byte> from = source.Write(record, source: true), to = destination.Write(record, source: false);
        WriteRaw(writer, "source"u8, from);
        WriteRaw(writer, "destination"u8, to);
        if (record.Server != ServerEnd.Unknown)
        {
            bool reply = record.Server == ServerEnd.Source;
            WriteRaw(writer, "client"u8, reply ? to : from);
            WriteRaw(writer, "server"u8, reply ? from : to);
        }
        if (!IsIp(record)) return;
        writer.WriteStartObject("related"u8);
        writer.WriteStartArray("ip"u8);
        Span<byte> text = stackalloc byte[JsonText.AddressLength];
        writer.WriteStringValue(JsonText.Format(record.Source, text));
        if (record.Source != record.Destination) writer.WriteStringValue(JsonText.Format(record.Destination, text));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a value that is JSON already; nothing when it is empty.</summary>
    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
