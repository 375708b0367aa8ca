using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Reads an item of a bulk body: the line with the action and the id, and the line with the document.</summary>
internal static class BulkAction
{
    /// <summary>The id of an item; empty if it has none.</summary>
    public static string IdOf(ReadOnlySpan<byte> item)
    {
        Utf8JsonReader reader = new(item[..item.IndexOf((byte)'\n')]);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("_id"u8)) continue;
            reader.Read();
            return reader.GetString() ?? "";
        }
        return "";
    }

    /// <summary>The time of the document; null if it has none.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<byte> item)
    {
        Utf8JsonReader reader = new(item[(item.IndexOf((byte)'\n') + 1)..]);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            bool isTime = reader.CurrentDepth == 1 && reader.ValueTextEquals("@timestamp"u8);
            reader.Read();
            if (isTime) return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;
            reader.Skip();
        }
        return null;
    }
}
