using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Store;

/// <summary>A page as JSON: flat keys, fields without value left out.</summary>
internal static class FlowJson
{
    public const string ContentType = "application/json; charset=utf-8";

    private const int FlowsPerFlush = 64;

    /// <summary>Field names, escaped once.</summary>
    private static readonly JsonEncodedText[] Names = [.. FieldCatalogue.Search.Select(field => JsonEncodedText.Encode(field.Name))];

    public static async Task WriteAsync(SearchPage page, PipeWriter body, CancellationToken cancellation)
    {
        // The default encoder also escapes what HTML would take for markup.
        await using Utf8JsonWriter json = new(body);
        json.WriteStartObject();
        json.WriteStartArray("flows");
        for (int i = 0; i < page.Flows.Count; i++)
        {
            WriteFlow(json, page.Flows[i]);
            if (i % FlowsPerFlush != FlowsPerFlush - 1) continue;
            await json.FlushAsync(cancellation);
            await body.FlushAsync(cancellation);
        }
        json.WriteEndArray();
        if (page.Next is { } next) json.WriteNumber("next", next);
        else json.WriteNull("next");
        json.WriteBoolean("complete", page.Complete);
        json.WriteNumber("scanned", page.Scanned);
        json.WriteEndObject();
    }

    /// <summary>The form of a page as JSON schema.</summary>
    public static JsonNode Schema()
    {
        JsonObject members = new() { [FlowCsv.PositionName] = new JsonObject { ["type"] = "integer", ["description"] = "Position in the store." } };
        foreach (Field field in FieldCatalogue.Search)
            members[field.Name] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean"), ["description"] = $"{field.Meaning}{(field.Unit.Length > 0 ? $" Unit: {field.Unit}." : "")}" };
        JsonObject flow = new() { ["type"] = "object", ["properties"] = members, ["required"] = new JsonArray(FlowCsv.PositionName), ["additionalProperties"] = false };
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["flows"] = new JsonObject { ["type"] = "array", ["items"] = flow },
                ["next"] = new JsonObject { ["type"] = new JsonArray("integer", "null"), ["description"] = "The parameter before of the next page; null behind the last page." },
                ["complete"] = new JsonObject { ["type"] = "boolean", ["description"] = "False if the search stopped at one of its limits." },
                ["scanned"] = new JsonObject { ["type"] = "integer", ["description"] = "Records that were compared." },
            },
            ["required"] = new JsonArray("flows", "next", "complete", "scanned"),
        };
    }

    private static void WriteFlow(Utf8JsonWriter json, StoredFlow flow)
    {
        json.WriteStartObject();
        json.WriteNumber(FlowCsv.PositionName, flow.Position);
        for (int i = 0; i < Names.Length; i++)
        {
            FieldValue value = FieldCatalogue.Search[i].Read!(flow);
            if (value.Kind == FieldKind.Text) json.WriteString(Names[i], value.Text);
            else if (value.Kind == FieldKind.Number) json.WriteNumber(Names[i], value.Number);
            else if (value.Kind == FieldKind.Boolean) json.WriteBoolean(Names[i], value.Number != 0);
        }
        json.WriteEndObject();
    }
}
