using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SFlow.Exporter.Tests.Kibana;

/// <summary>
/// The import of saved objects in this process, as Kibana and OpenSearch Dashboards document it: a file that ends in .ndjson, a header against foreign
/// pages, one object a line, an answer that lists what was not imported.
/// </summary>
internal sealed class FakeKibana : IAsyncDisposable
{
    private const string Prefix = "/watch/kibana";
    private readonly WebApplication application;

    private FakeKibana(WebApplication application) => this.application = application;

    /// <summary>With the path prefix that a proxy gives it.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The header it wants: kbn-xsrf, or osd-xsrf for OpenSearch Dashboards.</summary>
    public string Header { get; init; } = "kbn-xsrf";

    /// <summary>The value of the header Authorization that it wants; null for any.</summary>
    public string? Authorization { get; init; }

    /// <summary>Objects by space, type and id.</summary>
    public Dictionary<string, JsonObject> Objects { get; } = [];

    /// <summary>Answers instead of importing.</summary>
    public Func<(int Status, string Body, string? Location)>? Instead { get; set; }

    /// <summary>A type that it does not know.</summary>
    public string UnknownType { get; set; } = "";

    public static async Task<FakeKibana> StartAsync(string header = "kbn-xsrf", string? authorization = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication server = builder.Build();
        FakeKibana kibana = new(server) { Header = header, Authorization = authorization };
        server.MapPost(Prefix + "/api/saved_objects/_import", context => kibana.ImportAsync(context, "default"));
        server.MapPost(Prefix + "/s/team/api/saved_objects/_import", context => kibana.ImportAsync(context, "team"));
        await server.StartAsync();
        kibana.Url = server.Urls.Single() + Prefix;
        return kibana;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task ImportAsync(HttpContext context, string space)
    {
        if (Instead?.Invoke() is { } other)
        {
            if (other.Location is not null) context.Response.Headers.Location = other.Location;
            await AnswerAsync(context, other.Status, other.Body);
            return;
        }
        if (Authorization is not null && context.Request.Headers.Authorization != Authorization)
        {
            await AnswerAsync(context, 401, """{"statusCode":401,"error":"Unauthorized","message":"missing authentication credentials"}""");
            return;
        }
        IFormFile? file = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync()).Files.GetFile("file") : null;
        if (!context.Request.Headers.ContainsKey(Header) || file?.FileName.EndsWith(".ndjson", StringComparison.Ordinal) != true)
        {
            await AnswerAsync(context, 400, $$"""{"statusCode":400,"error":"Bad Request","message":"Request must contain a {{Header}} header and a file .ndjson"}""");
            return;
        }
        using StreamReader reader = new(file.OpenReadStream());
        await AnswerAsync(context, 200, Import(await reader.ReadToEndAsync(), space, context.Request.Query["overwrite"] == "true").ToJsonString());
    }

    private JsonObject Import(string lines, string space, bool overwrite)
    {
        JsonArray errors = [];
        int imported = 0;
        foreach (JsonObject one in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            string key = $"{space} {one["type"]} {one["id"]}";
            string? fault = one["type"]!.GetValue<string>() == UnknownType ? "unsupported_type" : Objects.ContainsKey(key) && !overwrite ? "conflict" : null;
            if (fault is null)
            {
                Objects[key] = one;
                imported++;
                continue;
            }
            errors.Add(new JsonObject { ["id"] = one["id"]!.DeepClone(), ["type"] = one["type"]!.DeepClone(), ["meta"] = new JsonObject { ["title"] = one["attributes"]!["title"]!.DeepClone() }, ["error"] = new JsonObject { ["type"] = fault } });
        }
        JsonObject answer = new() { ["success"] = errors.Count == 0, ["successCount"] = imported };
        if (errors.Count > 0) answer["errors"] = errors;
        return answer;
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }
}
