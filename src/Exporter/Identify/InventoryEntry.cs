using System.Text.Json;
using System.Text.Json.Serialization;

namespace SFlow.Exporter.Identify;

/// <summary>A list as kubectl prints it. Each entry is read separately, so an unreadable one does not affect the others.</summary>
internal sealed record InventoryList(string? Kind, List<InventoryEntry>? Items);

/// <summary>One entry of a list: an object, or the reason why it is not an object.</summary>
[JsonConverter(typeof(InventoryEntryConverter))]
internal readonly record struct InventoryEntry(KubernetesObject? Object, string? Fault);

/// <summary>Reads one entry. JSON that is not a Kubernetes object is skipped.</summary>
internal sealed class InventoryEntryConverter : JsonConverter<InventoryEntry>
{
    public override bool HandleNull => true;

    public override InventoryEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return new InventoryEntry(null, "null in place of an object");
        Utf8JsonReader start = reader;
        try
        {
            return new InventoryEntry(JsonSerializer.Deserialize(ref reader, KubernetesJson.Default.KubernetesObject), null);
        }
        // InvalidOperationException: a text that is not UTF-8.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            reader = start;
            // The serializer has read the whole entry. If it is not JSON this throws, and the whole list is refused.
            if (!reader.TrySkip()) throw;
            return new InventoryEntry(null, fault is JsonException { Path: { Length: > 2 } path } ? $"a value of the wrong type at {path[2..]}" : "a value of the wrong type");
        }
    }

    public override void Write(Utf8JsonWriter writer, InventoryEntry value, JsonSerializerOptions options) => throw new NotSupportedException("inventories are only read");
}
