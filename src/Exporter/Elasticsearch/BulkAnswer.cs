using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>Reads the answer to a bulk request. Items answer by position; what decides is their status, since error types differ between servers.</summary>
internal static class BulkAnswer
{
    /// <summary>What <see cref="TryRead"/> needs. Successful items must stay, or the positions would be lost.</summary>
    public const string Filter = "filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";

    /// <summary>Longest reason that is kept. Some quote the whole document.</summary>
    private const int LongestReason = 1_000;

    /// <summary>Reads one outcome an item; false when the answer is not that of a bulk request with so many items.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, Span<BulkItem> items)
    {
        Utf8JsonReader reader = new(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool list = reader.ValueTextEquals("items"u8);
                reader.Read();
                if (list) return reader.TokenType == JsonTokenType.StartArray && TryReadItems(ref reader, items);
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Not JSON, or cut: an answer of something else on the way.
        }
        return false;
    }

    private static bool TryReadItems(ref Utf8JsonReader reader, Span<BulkItem> items)
    {
        int count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (count == items.Length) return false;
            BulkItem item = ReadItem(ref reader);
            if (item.Status == 0) return false;
            items[count++] = item;
        }
        return reader.TokenType == JsonTokenType.EndArray && count == items.Length;
    }

    /// <summary>
    /// Reads <c>{"create":{"status":201}}</c>, or with <c>"error":{"type":"...","reason":"...","caused_by":{"reason":"..."}}</c> in it. Any of these may be
    /// null or absent.
    /// </summary>
    private static BulkItem ReadItem(ref Utf8JsonReader reader)
    {
        int status = 0, depth = reader.CurrentDepth;
        string? type = null;
        Utf8JsonReader reason = default, cause = default;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.CurrentDepth == depth + 2 && reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.Number) reader.TryGetInt32(out status);
            }
            else if (reader.CurrentDepth == depth + 3 && reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String) type = reader.GetString();
            }
            else if (reader.ValueTextEquals("reason"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.String) continue;
                if (reader.CurrentDepth == depth + 3) reason = reader;
                else if (reader.CurrentDepth == depth + 4) cause = reader;
            }
        }
        // A record that is already there has a reason too. It is skipped: after a lost answer there are thousands.
        return new BulkItem(status, type, status is >= 400 and not 409 ? Reason(reason, cause) : null);
    }

    private static string? Reason(Utf8JsonReader reason, Utf8JsonReader cause)
    {
        string? text = Text(reason), deeper = Text(cause);
        string? both = text is null || deeper is null ? text ?? deeper : $"{text}: {deeper}";
        return both?.Length > LongestReason ? both[..LongestReason] : both;
    }

    private static string? Text(Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
