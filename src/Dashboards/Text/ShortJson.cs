using System.Text;
using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Text;

/// <summary>JSON for people who edit it in a small window: what fits on a line is on one line.</summary>
internal static class ShortJson
{
    private const int Width = 140;

    public static string Of(JsonNode node)
    {
        StringBuilder text = new();
        Write(text, node, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int indent)
    {
        string line = JsonText.Line(node);
        if (indent + line.Length <= Width || node is not (JsonObject or JsonArray))
        {
            text.Append(line);
            return;
        }
        bool isObject = node is JsonObject;
        text.Append(isObject ? '{' : '[');
        string separator = "\n";
        foreach ((string? name, JsonNode? value) in Children(node))
        {
            text.Append(separator).Append(' ', indent + 2);
            if (name is not null) text.Append(JsonText.Line(JsonValue.Create(name))).Append(": ");
            Write(text, value, indent + 2);
            separator = ",\n";
        }
        text.Append('\n').Append(' ', indent).Append(isObject ? '}' : ']');
    }

    private static IEnumerable<(string? Name, JsonNode? Value)> Children(JsonNode node) =>
        node is JsonObject fields ? fields.Select(field => ((string?)field.Key, field.Value)) : node.AsArray().Select(item => ((string?)null, item));
}
