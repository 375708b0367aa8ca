using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>The first line of an item of a bulk body: what to do, and the id of the document.</summary>
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
}
