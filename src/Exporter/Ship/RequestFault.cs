using System.Text.Json;

namespace SFlow.Exporter.Ship;

/// <summary>Tells what a 400 for a whole bulk request is about.</summary>
internal static class RequestFault
{
    /// <summary>
    /// True when a search engine says that it could not read one of the documents or action lines, so that the others may do without it. A wrong
    /// parameter, a proxy's own page and the like are about the request: each part of it would be refused as well.
    /// </summary>
    public static bool NamesDocument(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out JsonElement error)
                && error.ValueKind == JsonValueKind.Object && NamesDocument(Text(error, "type"), Text(error, "reason"));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool NamesDocument(string type, string reason) => type switch
    {
        "mapper_parsing_exception" or "document_parsing_exception" or "strict_dynamic_mapping_exception" => true,
        "parse_exception" or "parsing_exception" or "x_content_parse_exception" or "json_parse_exception" => true,
        "illegal_argument_exception" => reason.StartsWith("Malformed action/metadata line", StringComparison.Ordinal),
        "action_request_validation_exception" => !reason.Contains("no requests added", StringComparison.Ordinal),
        _ => false,
    };

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
