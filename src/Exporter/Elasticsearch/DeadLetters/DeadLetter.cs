using System.Buffers;
using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch.DeadLetters;

/// <summary>A document that the server rejected: one line of JSON.</summary>
/// <param name="Time">When it was rejected, as in the file.</param>
/// <param name="Index">The data stream or index that it was for.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Status">Status of its item, or of the whole answer.</param>
/// <param name="Type">The error type that the server gives; null if it gives none.</param>
/// <param name="Reason">The server's words; null if it gives none.</param>
/// <param name="Document">The document as JSON.</param>
internal sealed record DeadLetter(string Time, string Index, string Id, int Status, string? Type, string? Reason, ReadOnlyMemory<byte> Document)
{
    /// <summary>The letter of an item of a bulk body: a line with the action, and a line with the document.</summary>
    public static DeadLetter Of(ReadOnlySpan<byte> item, BulkItem outcome, string index, DateTimeOffset now)
    {
        int end = item.IndexOf((byte)'\n');
        string time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return new DeadLetter(time, index, BulkAction.IdOf(item), outcome.Status, outcome.ErrorType, outcome.Reason, item[(end + 1)..].TrimEnd((byte)'\n').ToArray());
    }

    /// <summary>Writes it as one line.</summary>
    public void Write(IBufferWriter<byte> lines)
    {
        using (Utf8JsonWriter json = new(lines))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, Time);
            json.WriteString("index"u8, Index);
            json.WriteString("id"u8, Id);
            json.WriteNumber("status"u8, Status);
            json.WriteString("type"u8, Type);
            json.WriteString("reason"u8, Reason);
            json.WritePropertyName("document"u8);
            json.WriteRawValue(Document.Span, skipInputValidation: true);
            json.WriteEndObject();
        }
        lines.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Null if it is not a dead letter.</returns>
    public static DeadLetter? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            return new DeadLetter(
                root.GetProperty("time"u8).GetString()!, root.GetProperty("index"u8).GetString()!, root.GetProperty("id"u8).GetString()!, root.GetProperty("status"u8).GetInt32(),
                root.GetProperty("type"u8).GetString(), root.GetProperty("reason"u8).GetString(), System.Text.Encoding.UTF8.GetBytes(root.GetProperty("document"u8).GetRawText()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The item of a bulk body that sends the document again under its id.</summary>
    public byte[] ToItem()
    {
        ArrayBufferWriter<byte> item = new();
        item.Write("{\"create\":{\"_id\":"u8);
        using (Utf8JsonWriter json = new(item)) json.WriteStringValue(Id);
        item.Write("}}\n"u8);
        item.Write(Document.Span);
        item.Write("\n"u8);
        return item.WrittenSpan.ToArray();
    }
}
