using System.Buffers;
using System.Text.Json;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>
/// One end of a record as the object that stands under <c>source</c> or <c>destination</c>, and again under <c>client</c> or <c>server</c>.
/// The part that Kubernetes tells is written once for each endpoint and kept.
/// </summary>
internal sealed class EndDocument(EndpointRegistry endpoints, IGeoIp? places) : IDisposable
{
    private sealed record Known(byte[] Kubernetes, string? Domain);

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter writer = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });
    private readonly GeoIpDocument? outside = places is null ? null : new(places);
    private Known?[] known = [];

    /// <summary>The object; empty when the sample tells nothing of this end. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(in Flow record, bool source)
    {
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartObject();
        bool some = false;
        if ((record.Facts & (PacketFacts.IPv4 | PacketFacts.IPv6)) != PacketFacts.None)
        {
            ReadOnlySpan<byte> address = JsonText.Format(source ? record.Source : record.Destination, stackalloc byte[JsonText.AddressLength]);
            writer.WriteString("address"u8, address);
            writer.WriteString("ip"u8, address);
            some = true;
        }
        if (record.Has(PacketFacts.Ports)) writer.WriteNumber("port"u8, source ? record.SourcePort : record.DestinationPort);
        if (record.Has(PacketFacts.Ethernet))
        {
            writer.WriteString("mac"u8, MacText.Of(source ? record.SourceMac : record.DestinationMac, stackalloc byte[MacText.Length]));
            some = true;
        }
        if (some && source)
        {
            writer.WriteNumber("bytes"u8, record.Bytes);
            writer.WriteNumber("packets"u8, record.Packets);
        }
        int endpoint = source ? record.SourceEndpoint : record.DestinationEndpoint;
        if (outside is not null && endpoints[endpoint].Kind == EndpointKind.Internet) WritePlace(source ? record.Source : record.Destination);
        if (Of(endpoint) is { } end)
        {
            if (end.Domain is not null) writer.WriteString("domain"u8, end.Domain);
            writer.WritePropertyName("kubernetes"u8);
            writer.WriteRawValue(end.Kubernetes, skipInputValidation: true);
            some = true;
        }
        writer.WriteEndObject();
        writer.Flush();
        return some ? buffer.WrittenSpan : [];
    }

    public void Dispose() => writer.Dispose();

    private void WritePlace(Address address)
    {
        (byte[] geo, byte[] system) = outside!.Of(address);
        WriteRaw("geo"u8, geo);
        WriteRaw("as"u8, system);
    }

    private void WriteRaw(ReadOnlySpan<byte> name, byte[] json)
    {
        if (json.Length == 0) return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private Known? Of(int id)
    {
        if (id >= known.Length) Array.Resize(ref known, Math.Max(id + 1, endpoints.Count));
        if (known[id] is { } kept) return kept;
        FlowEndpoint endpoint = endpoints[id];
        return endpoint.KubernetesKind is not null || endpoint.NodeName is not null ? known[id] = Describe(endpoint) : null;
    }

    /// <summary>What is no object of Kubernetes may still be of a node: a port of OVN, an address of its pod subnet.</summary>
    private static Known Describe(FlowEndpoint endpoint)
    {
        ArrayBufferWriter<byte> kubernetes = new();
        using (Utf8JsonWriter json = new(kubernetes))
        {
            json.WriteStartObject();
            WriteSome(json, "namespace"u8, endpoint.Namespace);
            WriteSome(json, "kind"u8, endpoint.KubernetesKind);
            if (endpoint.KubernetesKind is not null) WriteSome(json, "name"u8, endpoint.Name);
            if (endpoint.OwnerKind is not null || endpoint.OwnerName is not null)
            {
                json.WriteStartObject("owner"u8);
                WriteSome(json, "kind"u8, endpoint.OwnerKind);
                WriteSome(json, "name"u8, endpoint.OwnerName);
                json.WriteEndObject();
            }
            if (endpoint.NodeName is not null)
            {
                json.WriteStartObject("node"u8);
                json.WriteString("name"u8, endpoint.NodeName);
                json.WriteEndObject();
            }
            WriteSome(json, "zone"u8, endpoint.Zone);
            WriteSome(json, "region"u8, endpoint.Region);
            json.WriteEndObject();
        }
        string? domain = endpoint.Kind == EndpointKind.Service && endpoint.Name is not null ? $"{endpoint.Name}.{endpoint.Namespace}.svc" : null;
        return new Known(kubernetes.WrittenSpan.ToArray(), domain);
    }

    private static void WriteSome(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }
}
