using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Text;

/// <summary>JSON as it is committed: two blanks a level, a line break at the end, and letters as they are.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions readable = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same on one line.</summary>
    public static string Line(JsonNode? node) => node?.ToJsonString(plain) ?? "null";

    public static string Of(JsonNode node)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, readable)) node.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
