using System.Buffers.Binary;
using System.Text.Json;
using SFlow.Samples;

namespace SFlow.Exporter.Commands;

/// <summary>Writes what is there of a datagram's header or of a sample's fixed part that ends early: each field whose bytes are all there.</summary>
internal static class DecodedCut
{
    private const int IdBits = 24, InterfaceBits = 30;

    /// <summary>The header of a datagram of version 5.</summary>
    public static void WriteHeader(Utf8JsonWriter json, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 8) return;
        uint type = Word(payload, 4);
        int end = type switch { 0 => 8, 1 => 12, _ => 24 };
        if (payload.Length < end) return;
        if (type == 1) json.WriteAddress("agent"u8, Address.FromIPv4(Word(payload, 8)));
        if (type == 2) json.WriteAddress("agent"u8, new Address(BinaryPrimitives.ReadUInt64BigEndian(payload[8..]), BinaryPrimitives.ReadUInt64BigEndian(payload[16..])));
        ReadOnlySpan<byte> rest = payload[end..];
        Number(json, "sub_agent_id"u8, rest, 0);
        Number(json, "sequence"u8, rest, 4);
        Number(json, "uptime_ms"u8, rest, 8);
        Number(json, "sample_count"u8, rest, 12);
    }

    public static DecodeStatus WriteFlow(Utf8JsonWriter json, in Structure sample)
    {
        ReadOnlySpan<byte> data = sample.Data;
        bool expanded = sample.Tag == FlowSample.ExpandedTag;
        int rate = WriteStart(json, data, expanded);
        Number(json, "sampling_rate"u8, data, rate);
        Number(json, "sample_pool"u8, data, rate + 4);
        Number(json, "drops"u8, data, rate + 8);
        WriteInterface(json, "input"u8, data, rate + 12, expanded);
        WriteInterface(json, "output"u8, data, rate + (expanded ? 20 : 16), expanded);
        return DecodeStatus.Malformed;
    }

    public static DecodeStatus WriteCounters(Utf8JsonWriter json, in Structure sample)
    {
        WriteStart(json, sample.Data, sample.Tag == CounterSample.ExpandedTag);
        return DecodeStatus.Malformed;
    }

    public static DecodeStatus WriteDiscarded(Utf8JsonWriter json, in Structure sample)
    {
        ReadOnlySpan<byte> data = sample.Data;
        int next = WriteStart(json, data, expanded: true);
        Number(json, "drops"u8, data, next);
        if (data.Length >= next + 8) DecodedDatagram.WriteInterface(json, "input"u8, new Interface(0, Word(data, next + 4)));
        if (data.Length >= next + 12) DecodedDatagram.WriteInterface(json, "output"u8, new Interface(0, Word(data, next + 8)));
        if (data.Length < next + 16) return DecodeStatus.Malformed;
        Number(json, "reason"u8, data, next + 12);
        json.WriteString("reason_name"u8, DiscardReason.NameOf(Word(data, next + 12)));
        return DecodeStatus.Malformed;
    }

    /// <summary>Sequence and data source, with which all samples begin.</summary>
    /// <returns>Where the rest begins.</returns>
    private static int WriteStart(Utf8JsonWriter json, ReadOnlySpan<byte> data, bool expanded)
    {
        int end = expanded ? 12 : 8;
        Number(json, "sequence"u8, data, 0);
        if (data.Length >= end) DecodedDatagram.WriteSource(json, expanded ? new DataSource(Word(data, 4), Word(data, 8)) : new DataSource(Word(data, 4) >> IdBits, Word(data, 4) & (1 << IdBits) - 1));
        return end;
    }

    private static void WriteInterface(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, int offset, bool expanded)
    {
        if (data.Length < offset + (expanded ? 8 : 4)) return;
        uint word = Word(data, offset);
        DecodedDatagram.WriteInterface(json, name, expanded ? new Interface(word, Word(data, offset + 4)) : new Interface(word >> InterfaceBits, word & (1 << InterfaceBits) - 1));
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, int offset)
    {
        if (data.Length >= offset + 4) json.WriteNumber(name, Word(data, offset));
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
}
