using System.Text.Json;
using System.Text.Json.Serialization;
using SFlow.Exporter.Http;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Web;

/// <summary><c>GET /api/fields</c>: the fields of records, as <c>/api/flows</c> names them, with their meaning.</summary>
internal static class FieldsEndpoint
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(
        new FieldsView([.. FieldCatalogue.Search.Where(field => field.ReplacedBy is null).Select(field => new FieldView(field.Name, field.Meaning, field.Unit))]),
        FieldsJson.Default.FieldsView);

    private static readonly ApiDescription Description = new(
        "fields", "The fields of records, in the order of the answers of /api/flows.", [], ApiContent.Json(FieldsJson.Default.FieldsView));

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapRead("/api/fields", RequestKind.Page, Description, ServeAsync);

    private static Task ServeAsync(HttpContext context)
    {
        if (ParameterFault.InNone(context.Request.Query) is { } fault) return fault.WriteAsync(context);
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentType = "application/json; charset=utf-8";
        return ResponseBody.WriteAsync(context, Body);
    }
}

/// <param name="Fields">In the order of the answers of <c>/api/flows</c>.</param>
internal sealed record FieldsView(IReadOnlyList<FieldView> Fields);

/// <param name="Name">As in <c>/api/flows</c>.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Unit">Empty for names, numbers of a standard, and counts of what the meaning names.</param>
internal sealed record FieldView(string Name, string Meaning, string Unit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FieldsView))]
internal sealed partial class FieldsJson : JsonSerializerContext;
