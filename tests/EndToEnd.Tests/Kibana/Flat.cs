using System.Text.Json;
using System.Text.Json.Nodes;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Values of a document by the dotted names of its fields.</summary>
internal static class Flat
{
    /// <summary>All values of a field as text; empty if the document lacks it.</summary>
    public static string[] Values(JsonObject record, string field)
    {
        JsonNode? node = record;
        foreach (string part in field.Split('.'))
        {
            node = (node as JsonObject)?[part];
            if (node is null) return [];
        }
        return node is JsonArray values ? [.. values.Select(Write)] : [Write(node)];
    }

    public static string Text(JsonObject record, string field) => Values(record, field).FirstOrDefault("");

    public static double Number(JsonObject record, string field) => Text(record, field) is { Length: > 0 } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public static bool Counted(JsonObject record) => Text(record, "sflow.counted") == "true";

    private static string Write(JsonNode? value) => value!.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
