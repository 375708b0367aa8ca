using System.Text.Json;

namespace SFlow.Exporter.Policy;

/// <summary>Reads members of Kubernetes objects. What is absent, null or of another type is empty: objects come from outside.</summary>
internal static class ObjectText
{
    public static JsonElement Member(this JsonElement item, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item)) return default;
        return item;
    }

    public static string Text(this JsonElement item, params ReadOnlySpan<string> path) => item.Member(path) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static int Number(this JsonElement item, params ReadOnlySpan<string> path) =>
        item.Member(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : 0;

    public static IEnumerable<JsonElement> List(this JsonElement item, params ReadOnlySpan<string> path) =>
        item.Member(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static Dictionary<string, string> Pairs(this JsonElement item, params ReadOnlySpan<string> path) =>
        item.Member(path) is { ValueKind: JsonValueKind.Object } pairs
            ? pairs.EnumerateObject().Where(pair => pair.Value.ValueKind == JsonValueKind.String).ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal)
            : [];
}
