using System.Text.Json;
using SFlow.FlowRecords;

namespace SFlow.Exporter.Commands;

/// <summary>Writes one record: its name, the fields that the decoder knows, and for some what follows from them.</summary>
internal static class DecodedRecord
{
    /// <summary>Writes a record of a flow sample or a discarded packet; false when it is malformed.</summary>
    public static bool TryWriteFlow(Utf8JsonWriter json, in Structure record)
    {
        json.WriteString("name"u8, KnownRecords.NameOfFlow(record.Tag));
        json.WriteStartObject("values"u8);
        JsonFields fields = new(json);
        RecordStatus status = KnownRecords.VisitFlow(record, ref fields);
        if (status == RecordStatus.Ok) WriteTunnelPorts(json, record);
        json.WriteEndObject();
        if (record.Tag == SampledHeader.Tag && SampledHeader.TryReadCut(record.Data, out uint protocol, out uint length, out ReadOnlySpan<byte> header))
        {
            DecodedPacket.Write(json, protocol, header, length);
        }
        return status != RecordStatus.Malformed;
    }

    /// <summary>Writes a record of a counter sample; false when it is malformed.</summary>
    public static bool TryWriteCounter(Utf8JsonWriter json, in Structure record)
    {
        json.WriteString("name"u8, KnownRecords.NameOfCounter(record.Tag));
        json.WriteStartObject("values"u8);
        JsonFields fields = new(json);
        RecordStatus status = KnownRecords.VisitCounter(record, ref fields);
        json.WriteEndObject();
        return status != RecordStatus.Malformed;
    }

    /// <summary>The ports as on the wire stand beside them; here is what they were on the network.</summary>
    private static void WriteTunnelPorts(Utf8JsonWriter json, in Structure record)
    {
        if (record.Tag is not (SampledIPv4.TunnelEgressTag or SampledIPv4.TunnelIngressTag)) return;
        SampledIPv4.TryRead(record.Data, out SampledIPv4 outer);
        TunnelPorts ports = TunnelPorts.Of(outer);
        json.WriteNumber("tunnel_src_port"u8, ports.Source);
        json.WriteNumber("tunnel_dst_port"u8, ports.Destination);
        json.WriteBoolean("ports_are_swapped"u8, ports.AreSwapped);
    }
}
