using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using SFlow.Exporter.Http;
using SFlow.Exporter.Metrics;

namespace SFlow.Exporter.Web.OpenApi;

/// <summary>The endpoints as a document of OpenAPI 3.1 (<c>https://spec.openapis.org/oas/v3.1.1.html</c>), made of the metadata of their routes.</summary>
internal sealed class OpenApiDocument
{
    private const string Schemas = "#/components/schemas/";

    private static readonly ApiSchema Refusal = ApiSchema.Of(ProblemJson.Default.Problem);

    private readonly Utf8JsonWriter json;
    private readonly SortedDictionary<string, ApiSchema> schemas = new(StringComparer.Ordinal) { [Refusal.Name] = Refusal };

    private OpenApiDocument(Utf8JsonWriter json) => this.json = json;

    public static byte[] Of(IEnumerable<Endpoint> endpoints)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
            new OpenApiDocument(writer).Write(endpoints.OfType<RouteEndpoint>()
                .Select(route => (Path: route.RoutePattern.RawText!, Description: route.Metadata.GetMetadata<ApiDescription>()))
                .Where(route => route.Description is not null).OrderBy(route => route.Path, StringComparer.Ordinal)!);
        return bytes.ToArray();
    }

    private void Write(IEnumerable<(string Path, ApiDescription Description)> routes)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.1");
        json.WriteStartObject("info");
        json.WriteString("title", "sflow-exporter");
        json.WriteString("version", Build.Version);
        json.WriteString("description", "Every path also answers HEAD. All figures are estimates from samples; each has its error.");
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", "/");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("paths");
        foreach ((string path, ApiDescription description) in routes)
        {
            json.WriteStartObject(path);
            json.WriteStartObject("get");
            WriteOperation(description);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        WriteComponents();
        json.WriteEndObject();
    }

    private void WriteOperation(ApiDescription description)
    {
        json.WriteString("operationId", description.Id);
        json.WriteString("summary", description.Summary);
        json.WriteStartArray("parameters");
        foreach (ApiParameter parameter in description.Parameters) WriteParameter(parameter);
        json.WriteEndArray();
        json.WriteStartObject("responses");
        WriteResponse("200", "The answer.", description.Contents);
        foreach (int status in description.Refusals)
            WriteResponse(status.ToString(CultureInfo.InvariantCulture), ReasonPhrases.GetReasonPhrase(status) + ".", [Refused]);
        WriteResponse("default", "A refusal. Its detail says what to do.", [Refused]);
        json.WriteEndObject();
    }

    private static ApiContent Refused => new(Problem.ContentType, Refusal);

    private void WriteParameter(ApiParameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("in", "query");
        json.WriteString("description", $"{char.ToUpperInvariant(parameter.Allowed[0])}{parameter.Allowed[1..]}.");
        json.WriteBoolean("required", parameter.IsRequired);
        json.WriteStartObject("schema");
        json.WriteString("type", parameter.Range is null ? "string" : "integer");
        if (parameter.Range is var (minimum, maximum))
        {
            json.WriteNumber("minimum", minimum);
            json.WriteNumber("maximum", maximum);
        }
        if (parameter.Values.Count > 0)
        {
            json.WriteStartArray("enum");
            foreach (string value in parameter.Values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
        if (parameter.Default.Length > 0 && parameter.Range is not null) json.WriteNumber("default", long.Parse(parameter.Default, CultureInfo.InvariantCulture));
        else if (parameter.Default.Length > 0) json.WriteString("default", parameter.Default);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResponse(string status, string description, IReadOnlyList<ApiContent> contents)
    {
        json.WriteStartObject(status);
        json.WriteString("description", description);
        json.WriteStartObject("content");
        foreach (ApiContent content in contents)
        {
            json.WriteStartObject(content.MediaType);
            json.WriteStartObject("schema");
            if (content.Schema is { } schema)
            {
                schemas[schema.Name] = schema;
                json.WriteString("$ref", Schemas + schema.Name);
            }
            else json.WriteString("type", "string");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteComponents()
    {
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        foreach (ApiSchema schema in schemas.Values)
        {
            JsonNode made = schema.Make();
            Place(made, Schemas + schema.Name);
            json.WritePropertyName(schema.Name);
            made.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>References within a schema begin at its root, but the document has the schema at another place.</summary>
    private static void Place(JsonNode? node, string place)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list) Place(item, place);
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.GetValueKind() == JsonValueKind.String) members["$ref"] = place + reference.GetValue<string>()[1..];
            foreach ((_, JsonNode? member) in members.ToArray()) Place(member, place);
        }
    }
}
