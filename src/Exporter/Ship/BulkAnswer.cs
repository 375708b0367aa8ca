using System.Text.Json;

namespace SFlow.Exporter.Ship;

/// <summary>Reads the answer to a bulk request. Items answer by position; what decides is their status, since error types differ between servers.</summary>
internal static class BulkAnswer
{
    /// <summary>What <see cref="TryRead"/> needs. Successful items must stay, or the positions were lost; reasons stay away, since they quote documents.</summary>
    public const string Filter = "filter_path=errors,items.*.status,items.*.error.type";

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

    /// <summary>Reads <c>{"create":{"status":201}}</c>, or with <c>"error":{"type":"..."}</c> in it.</summary>
    private static BulkItem ReadItem(ref Utf8JsonReader reader)
    {
        int status = 0, depth = reader.CurrentDepth;
        string? type = null;
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
        }
        return new BulkItem(status, type);
    }
}

/// <summary>What became of one item.</summary>
internal readonly record struct BulkItem(int Status, string? ErrorType)
{
    public bool IsWritten => Status is >= 200 and < 300;

    /// <summary>The id exists: an earlier try, whose answer we did not get, or another exporter wrote it.</summary>
    public bool IsAlreadyThere => Status == 409;

    /// <summary>Rights or a block on the index: a person can put it right, and then the record is welcome.</summary>
    public bool IsRefused => Status is 401 or 403;

    /// <summary>The index is not there or has no shard that answers: the server may be another one than before.</summary>
    public bool MayLackIndex => Status is 404 or 502 or 503 or 504;

    /// <summary>This record can never be accepted.</summary>
    public bool IsRejected => !(IsWritten || IsAlreadyThere || IsRefused || MayLackIndex || Status == 429);

    /// <summary>For logs: status and error type.</summary>
    public override string ToString() => $"status {Status}, {ErrorType ?? "no error type"}";
}
