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

    /// <summary>Of a name that is there twice, as an inventory file may have it, the last value counts.</summary>
    public static Dictionary<string, string> Pairs(this JsonElement item, params ReadOnlySpan<string> path)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        if (item.Member(path) is not { ValueKind: JsonValueKind.Object } pairs) return found;
        foreach (JsonProperty pair in pairs.EnumerateObject())
            if (pair.Value.ValueKind == JsonValueKind.String) found[pair.Name] = pair.Value.GetString()!;
        return found;
    }
}
