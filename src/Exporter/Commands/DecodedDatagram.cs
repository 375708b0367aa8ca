using System.Buffers.Binary;
using System.Text.Json;
using SFlow.Captures;
using SFlow.Samples;

namespace SFlow.Exporter.Commands;

/// <summary>Writes one datagram as JSON, down to the records of its samples.</summary>
internal static class DecodedDatagram
{
    public static void Write(Utf8JsonWriter json, long index, in CapturedDatagram captured)
    {
        ReadOnlySpan<byte> payload = captured.Payload;
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteAddress("udp_src"u8, captured.Source);
        json.WriteNumber("udp_length"u8, payload.Length);
        if (payload.Length >= 4) json.WriteNumber("version"u8, BinaryPrimitives.ReadUInt32BigEndian(payload));
        DecodeStatus status = Datagram.TryRead(payload, out Datagram datagram);
        if (status == DecodeStatus.Ok) WriteHeader(json, datagram, captured.Source);
        else if (status == DecodeStatus.Truncated) DecodedCut.WriteHeader(json, payload);
        json.WriteStartArray("samples"u8);
        if (status == DecodeStatus.Ok) status = WriteSamples(json, datagram.Samples);
        json.WriteEndArray();
        json.WriteString("status"u8, NameOf(status));
        json.WriteEndObject();
    }

    public static ReadOnlySpan<byte> NameOf(DecodeStatus status) => status switch
    {
        DecodeStatus.Ok => "ok"u8,
        DecodeStatus.Empty => "empty"u8,
        DecodeStatus.NotSflow => "not_sflow"u8,
        DecodeStatus.BadVersion => "bad_version"u8,
        DecodeStatus.Version2 => "version2"u8,
        DecodeStatus.Version4 => "version4"u8,
        DecodeStatus.BadAgentAddress => "bad_agent_address"u8,
        DecodeStatus.Truncated => "truncated"u8,
        DecodeStatus.AbsurdCount => "absurd_count"u8,
        _ => "malformed"u8,
    };

    private static void WriteHeader(Utf8JsonWriter json, in Datagram datagram, Address sender)
    {
        json.WriteAddress("agent"u8, datagram.AgentOr(sender));
        if (!datagram.HasAgent) json.WriteBoolean("agent_is_sender"u8, true);
        json.WriteNumber("sub_agent_id"u8, datagram.SubAgentId);
        json.WriteNumber("sequence"u8, datagram.Sequence);
        json.WriteNumber("uptime_ms"u8, datagram.UptimeMilliseconds);
        json.WriteNumber("sample_count"u8, datagram.SampleCount);
    }

    private static DecodeStatus WriteSamples(Utf8JsonWriter json, StructureEnumerator samples)
    {
        DecodeStatus status = DecodeStatus.Ok;
        int index = 0;
        while (samples.MoveNext())
        {
            DecodeStatus fault = WriteSample(json, index++, samples.Current);
            if (status == DecodeStatus.Ok) status = fault;
        }
        if (status == DecodeStatus.Ok) status = samples.Status;
        if (samples.TryGetCut(out Structure cut)) WriteSample(json, index, cut);
        return status;
    }

    private static DecodeStatus WriteSample(Utf8JsonWriter json, int index, in Structure sample)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteTag(sample);
        DecodeStatus status;
        switch (sample.Tag)
        {
            case FlowSample.CompactTag or FlowSample.ExpandedTag:
                status = WriteFlows(json, sample);
                break;
            case CounterSample.CompactTag or CounterSample.ExpandedTag:
                status = WriteCounters(json, sample);
                break;
            case DiscardedPacket.Tag:
                status = WriteDiscarded(json, sample);
                break;
            default:
                json.WriteString("type"u8, "unknown"u8);
                status = DecodeStatus.Ok;
                break;
        }
        json.WriteEndObject();
        return status;
    }

    private static DecodeStatus WriteFlows(Utf8JsonWriter json, in Structure structure)
    {
        json.WriteString("type"u8, structure.Tag == FlowSample.ExpandedTag ? "flow_expanded"u8 : "flow"u8);
        if (!FlowSample.TryRead(structure, out FlowSample sample)) return DecodedCut.WriteFlow(json, structure);
        json.WriteNumber("sequence"u8, sample.Sequence);
        WriteSource(json, sample.Source);
        json.WriteNumber("sampling_rate"u8, sample.SamplingRate);
        json.WriteNumber("sample_pool"u8, sample.SamplePool);
        json.WriteNumber("drops"u8, sample.Drops);
        WriteInterface(json, "input"u8, sample.Input);
        WriteInterface(json, "output"u8, sample.Output);
        return WriteRecords(json, sample.Records, DecodedRecord.TryWriteFlow);
    }

    private static DecodeStatus WriteCounters(Utf8JsonWriter json, in Structure structure)
    {
        json.WriteString("type"u8, structure.Tag == CounterSample.ExpandedTag ? "counters_expanded"u8 : "counters"u8);
        if (!CounterSample.TryRead(structure, out CounterSample sample)) return DecodedCut.WriteCounters(json, structure);
        json.WriteNumber("sequence"u8, sample.Sequence);
        WriteSource(json, sample.Source);
        return WriteRecords(json, sample.Records, DecodedRecord.TryWriteCounter);
    }

    private static DecodeStatus WriteDiscarded(Utf8JsonWriter json, in Structure structure)
    {
        json.WriteString("type"u8, "discarded_packet"u8);
        if (!DiscardedPacket.TryRead(structure, out DiscardedPacket sample)) return DecodedCut.WriteDiscarded(json, structure);
        json.WriteNumber("sequence"u8, sample.Sequence);
        WriteSource(json, sample.Source);
        json.WriteNumber("drops"u8, sample.Drops);
        WriteInterface(json, "input"u8, new Interface(0, sample.Input));
        WriteInterface(json, "output"u8, new Interface(0, sample.Output));
        json.WriteNumber("reason"u8, sample.Reason);
        json.WriteString("reason_name"u8, DiscardReason.NameOf(sample.Reason));
        return WriteRecords(json, sample.Records, DecodedRecord.TryWriteFlow);
    }

    private delegate bool TryWriteRecord(Utf8JsonWriter json, in Structure record);

    private static DecodeStatus WriteRecords(Utf8JsonWriter json, StructureEnumerator records, TryWriteRecord tryWrite)
    {
        bool sound = true;
        json.WriteStartArray("records"u8);
        while (records.MoveNext())
        {
            json.WriteStartObject();
            json.WriteTag(records.Current);
            sound &= tryWrite(json, records.Current);
            json.WriteEndObject();
        }
        if (records.TryGetCut(out Structure cut))
        {
            json.WriteStartObject();
            json.WriteTag(cut);
            tryWrite(json, cut);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return records.Status != DecodeStatus.Ok ? records.Status : sound ? DecodeStatus.Ok : DecodeStatus.Malformed;
    }

    public static void WriteSource(Utf8JsonWriter json, DataSource source)
    {
        json.WriteStartObject("source_id"u8);
        json.WriteNumber("type"u8, source.Type);
        json.WriteNumber("index"u8, source.Index);
        json.WriteEndObject();
    }

    public static void WriteInterface(Utf8JsonWriter json, ReadOnlySpan<byte> name, Interface value)
    {
        json.WriteStartObject(name);
        json.WriteNumber("format"u8, value.Format);
        json.WriteNumber("value"u8, value.Value);
        json.WriteEndObject();
    }
}
