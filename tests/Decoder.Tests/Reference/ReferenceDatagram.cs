using System.Globalization;

namespace SFlow.Decoder.Tests.Reference;

/// <summary>
/// A datagram read from front to back into one dictionary of paths and texts, after the specification and nothing else. What it says of
/// bad datagrams is what the documentation of the statuses promises.
/// </summary>
internal sealed class ReferenceDatagram
{
    /// <summary>More structures can't be in a datagram of 65 535 bytes, eight bytes each.</summary>
    private const uint MostStructures = 8_191;

    private static readonly string[] FlowWords = ["sampling_rate", "sample_pool", "drops"];

    public Dictionary<string, string> Values { get; } = [];

    public string Status { get; private set; } = "Ok";

    public static ReferenceDatagram Read(byte[] payload)
    {
        ReferenceDatagram result = new();
        result.Status = result.ReadHeader(payload, new ReferenceReader(payload));
        return result;
    }

    private string ReadHeader(byte[] payload, ReferenceReader reader)
    {
        if (payload.Length == 0) return "Empty";
        if (payload.Length < 4) return payload.All(one => one == 0) ? "Truncated" : "NotSflow";
        uint version = reader.Word();
        uint? addressType = payload.Length < 8 ? null : reader.Word();
        if (version is 0 or > 255) return "NotSflow";
        if (version is 2 or 4 && addressType is 1 or 2) return "Version" + version;
        if (version != 5) return "BadVersion";
        if (addressType is null) return "Truncated";
        if (addressType is not (0 or 1 or 2)) return "BadAgentAddress";
        int addressLength = addressType switch { 0 => 0, 1 => 4, _ => 16 };
        if (reader.Left < addressLength + 16) return "Truncated";
        Values["agent"] = addressType == 0 ? "::" : ReferenceReader.Text(reader.Bytes(addressLength));
        foreach (string name in (string[])["sub_agent_id", "sequence", "uptime_ms"]) Values[name] = Text(reader.Word());
        string status = "Ok";
        string walk = Structures("samples", reader, "Truncated", (path, tag, data) => status = First(status, Sample(path, tag, data)));
        if (walk == "AbsurdCount") Values.Clear();
        return First(status, walk);
    }

    private string Sample(string path, uint tag, byte[] data)
    {
        bool isExpanded = tag is 3 or 4;
        if (tag is 0 or > 5) return "Ok";
        ReferenceReader reader = new(data);
        try
        {
            Values[$"{path}.sequence"] = Text(reader.Word());
            Pair($"{path}.source", reader, isExpanded || tag == 5, 24);
            if (tag is 1 or 3)
            {
                foreach (string name in FlowWords) Values[$"{path}.{name}"] = Text(reader.Word());
                Pair($"{path}.input", reader, isExpanded, 30);
                Pair($"{path}.output", reader, isExpanded, 30);
            }
            if (tag == 5)
            {
                foreach (string name in (string[])["drops", "input", "output", "reason"]) Values[$"{path}.{name}"] = Text(reader.Word());
            }
            if (reader.Left < 4) throw new ReferenceReader.EndOfBytesException();
        }
        catch (ReferenceReader.EndOfBytesException)
        {
            foreach (string name in Values.Keys.Where(key => key.StartsWith(path + ".", StringComparison.Ordinal)).ToList()) Values.Remove(name);
            return "Malformed";
        }
        string kind = tag is 2 or 4 ? "counter" : "flow", status = "Ok";
        string walk = Structures($"{path}.records", reader, "Malformed", (at, type, bytes) => status = First(status, Record(at, kind, type, bytes)));
        return walk == "Ok" ? status : walk;
    }

    private string Record(string path, string kind, uint tag, byte[] data)
    {
        Values[$"{path}.tag"] = Text(tag);
        Values[$"{path}.length"] = Text((uint)data.Length);
        if (!ReferenceStructure.All.TryGetValue((kind, tag), out ReferenceStructure? structure)) return "Ok";
        (Dictionary<string, string> fields, bool isWhole) = ReferenceRecord.Read(structure, data);
        foreach ((string name, string value) in fields) Values[$"{path}.{name}"] = value;
        return isWhole ? "Ok" : "Malformed";
    }

    /// <summary>Counted structures of type, length and bytes; a length is rounded up to whole words where the bytes are there.</summary>
    private static string Structures(string path, ReferenceReader reader, string whenShort, Action<string, uint, byte[]> read)
    {
        uint count = reader.Word();
        if (count > MostStructures) return "AbsurdCount";
        for (uint i = 0; i < count; i++)
        {
            if (reader.Left < 8) return whenShort;
            uint tag = reader.Word(), length = reader.Word();
            if (length > reader.Left) return whenShort;
            uint padding = (4 - length % 4) % 4;
            read($"{path}.{i}", tag, reader.Bytes(length));
            if (padding > reader.Left) return whenShort;
            reader.Bytes(padding);
        }
        return "Ok";
    }

    private void Pair(string path, ReferenceReader reader, bool isExpanded, int bits)
    {
        uint first = reader.Word(), size = 1u << bits;
        Values[path + ".0"] = Text(isExpanded ? first : first / size);
        Values[path + ".1"] = Text(isExpanded ? reader.Word() : first % size);
    }

    private static string First(string earlier, string later) => earlier == "Ok" ? later : earlier;

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
