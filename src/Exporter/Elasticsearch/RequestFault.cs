using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>What a refusal of a whole bulk request is about.</summary>
internal enum FaultOf : byte
{
    /// <summary>A wrong parameter, a proxy's own page and the like: each part of the request would be refused as well.</summary>
    Request,

    /// <summary>A place in the body can't be read: one of the documents, or all of them where something on the way changes bodies.</summary>
    Place,

    /// <summary>A document does not fit the mapping.</summary>
    Document,
}

/// <summary>Reads what the 400 for a whole bulk request is about.</summary>
internal static class RequestFault
{
    public static FaultOf Read(ReadOnlyMemory<byte> body)
    {
        (string type, string reason) = ErrorOf(body);
        return Read(type, reason);
    }

    /// <summary>The refusal of a request with one document, as the outcome of its item.</summary>
    public static BulkItem ItemOf(SearchResponse answer)
    {
        (string type, string reason) = ErrorOf(answer.Body);
        return new BulkItem(answer.Status, type.Length == 0 ? null : type, reason.Length == 0 ? answer.ToString() : reason);
    }

    /// <summary>Types of errors that only a document's own content causes.</summary>
    public static bool IsOfDocument(string? type) =>
        type is "mapper_parsing_exception" or "document_parsing_exception" or "strict_dynamic_mapping_exception" or "max_bytes_length_exceeded_exception";

    private static (string Type, string Reason) ErrorOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
                ? (Text(error, "type"), Text(error, "reason")) : ("", "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private static FaultOf Read(string type, string reason) => type switch
    {
        _ when IsOfDocument(type) => FaultOf.Document,
        "parse_exception" or "parsing_exception" or "x_content_parse_exception" or "json_parse_exception" => FaultOf.Place,
        "illegal_argument_exception" => reason.StartsWith("Malformed action/metadata line", StringComparison.Ordinal) ? FaultOf.Place : FaultOf.Request,
        "action_request_validation_exception" => reason.Contains("no requests added", StringComparison.Ordinal) ? FaultOf.Request : FaultOf.Place,
        _ => FaultOf.Request,
    };

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
