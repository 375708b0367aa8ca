using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Text;

/// <summary>The same objects as YAML. Texts are in double quotes, where JSON's escapes are YAML's too; only plain words go without.</summary>
internal static class YamlText
{
    public static string Of(JsonNode node)
    {
        StringBuilder text = new();
        Write(text, node, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode node, int indent)
    {
        if (node is JsonObject fields)
            foreach ((string name, JsonNode? value) in fields) WriteEntry(text, new string(' ', indent) + Scalar(name) + ":", value, indent + 2);
        else if (node is JsonArray items)
            foreach (JsonNode? item in items) WriteItem(text, item, indent);
    }

    private static void WriteEntry(StringBuilder text, string head, JsonNode? value, int indent)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append(head).Append('\n');
            Write(text, value, indent);
        }
        else if (value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String && scalar.GetValue<string>() is var block && block.EndsWith('\n'))
        {
            text.Append(head).Append(" |\n");
            foreach (string line in block[..^1].Split('\n')) text.Append(line.Length == 0 ? "" : new string(' ', indent)).Append(line).Append('\n');
        }
        else
        {
            text.Append(head).Append(' ').Append(Plain(value)).Append('\n');
        }
    }

    /// <summary>The first field of an object follows the dash on its line.</summary>
    private static void WriteItem(StringBuilder text, JsonNode? item, int indent)
    {
        string dash = new string(' ', indent) + "- ";
        if (item is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
        {
            text.Append(dash).Append(Plain(item)).Append('\n');
            return;
        }
        StringBuilder inner = new();
        Write(inner, item, indent + 2);
        text.Append(dash).Append(inner.ToString().AsSpan(indent + 2));
    }

    private static string Plain(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => Scalar(value.GetValue<string>()),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToJsonString(),
        },
    };

    private static string Scalar(string text) => IsPlain(text) ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <summary>A word that no YAML reader takes for a number, a truth value or a date.</summary>
    private static bool IsPlain(string text) =>
        text.Length > 1 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/')
        && text.ToLower(CultureInfo.InvariantCulture) is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off");
}
