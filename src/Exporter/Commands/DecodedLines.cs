using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SFlow.Exporter.Commands;

/// <summary>
/// Turns the JSON of a datagram into lines for grep and awk: one for the datagram, one a sample, one a record. Each begins with its kind
/// and with what it belongs to; name=value pairs follow under the keys of the JSON form. A value that is not plain is a JSON string, so
/// that no text from the wire can break a line.
/// </summary>
internal static class DecodedLines
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/@-");

    public static void Write(ReadOnlyMemory<byte> json, IBufferWriter<byte> lines)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement datagram = document.RootElement;
        StringBuilder text = new();
        text.Append("datagram");
        Append(text, "", datagram, "samples");
        text.Append('\n');

        string owner = $" datagram={datagram.GetProperty("index")} agent={Text(datagram, "agent")} datagram_sequence={Text(datagram, "sequence")}";
        foreach (JsonElement sample in datagram.GetProperty("samples").EnumerateArray())
        {
            text.Append("sample").Append(owner);
            Append(text, "", sample, "records");
            text.Append('\n');
            if (sample.TryGetProperty("records", out JsonElement records)) AppendRecords(text, $"{owner} sample={sample.GetProperty("index")}", records);
        }
        Encoding.UTF8.GetBytes(text.ToString(), lines);
    }

    private static void AppendRecords(StringBuilder text, string owner, JsonElement records)
    {
        int index = 0;
        foreach (JsonElement record in records.EnumerateArray())
        {
            text.Append("record").Append(owner).Append(" record=").Append(index++);
            Append(text, "", record, "values");
            if (record.TryGetProperty("values", out JsonElement values)) Append(text, "", values, null);
            text.Append('\n');
        }
    }

    private static void Append(StringBuilder text, string prefix, JsonElement element, string? leftOut)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name == leftOut) continue;
            AppendValue(text, prefix + property.Name, property.Value);
        }
    }

    private static void AppendValue(StringBuilder text, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Append(text, name + ".", value, null);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray()) AppendValue(text, $"{name}.{index++}", item);
                break;
            case JsonValueKind.Array:
                text.Append(' ').Append(name).Append('=').AppendJoin(',', value.EnumerateArray().Select(Scalar));
                break;
            default:
                text.Append(' ').Append(name).Append('=').Append(Scalar(value));
                break;
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? Scalar(value) : "-";

    private static string Scalar(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value.GetRawText();
        string text = value.GetString()!;
        return text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain) ? text : value.GetRawText();
    }
}
