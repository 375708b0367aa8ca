using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SFlow.Exporter.Http;

/// <summary>A JSON schema (2020-12) of the OpenAPI document's components.</summary>
/// <param name="Name">Its name among them.</param>
/// <param name="Make">Makes it. References within it begin at its own root.</param>
internal sealed record ApiSchema(string Name, Func<JsonNode> Make)
{
    /// <summary>The form in which a type is written.</summary>
    public static ApiSchema Of<T>(JsonTypeInfo<T> type) => new(typeof(T).Name, () => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TransformSchemaNode = WithoutNulls }));

    /// <summary>Where nulls are left out, a member that may be null may be absent.</summary>
    private static JsonNode WithoutNulls(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Options.DefaultIgnoreCondition != JsonIgnoreCondition.WhenWritingNull || schema is not JsonObject members || members["required"] is not JsonArray required) return schema;
        for (int at = required.Count - 1; at >= 0; at--)
            if (members["properties"]?[required[at]!.GetValue<string>()]?["type"] is JsonArray types && types.Any(type => type?.GetValue<string>() == "null")) required.RemoveAt(at);
        return schema;
    }
}
