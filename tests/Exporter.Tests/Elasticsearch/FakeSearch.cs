using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SFlow.Exporter.Elasticsearch.Setup;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>What the fake answers to a bulk request instead of taking it.</summary>
/// <param name="Status">Status of the whole answer.</param>
/// <param name="RetryAfter">The header.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Location">The header of a redirect.</param>
/// <param name="Product">The header by which Elasticsearch is known.</param>
internal sealed record Refusal(int Status, string? RetryAfter = null, string? Body = null, string? Location = null, string? Product = null)
{
    /// <summary>No answer: the connection is cut.</summary>
    public static Refusal Abort { get; } = new(0);
}

/// <summary>
/// A strict search engine in this process. It takes bulk requests as a real one documents them and answers 400 to anything else: NDJSON with a newline at
/// the end, gzip, <c>create</c> with an id, positions kept. What a real server can't be made to do on purpose, tests script here.
/// </summary>
internal sealed class FakeSearch : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentDictionary<string, JsonNode> templates;
    private int bulks, denials;
    private long packedBytes;

    private readonly ConcurrentQueue<bool> compressed = [];

    private FakeSearch(WebApplication application, FakeSearch? cluster)
    {
        this.application = application;
        templates = cluster?.templates ?? new(StringComparer.Ordinal);
        Documents = cluster?.Documents ?? new(StringComparer.Ordinal);
    }

    public string Url { get; private set; } = "";

    /// <summary>Documents by id; the first one stays.</summary>
    public ConcurrentDictionary<string, JsonNode> Documents { get; }

    /// <summary>Method and path of each request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Unpacked lengths of the bulk bodies.</summary>
    public ConcurrentQueue<int> Lengths { get; } = [];

    /// <summary>What is wrong with requests, from a real server's point of view.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    public string Root { get; set; } = """{"version":{"number":"2.19.1","distribution":"opensearch"}}""";

    /// <summary>Answers instead of taking; called with the number of the bulk request, from 0, and its items.</summary>
    public Func<int, int, Refusal?> Refuse { get; set; } = (_, _) => null;

    /// <summary>The same, called with the documents.</summary>
    public Func<int, IReadOnlyList<JsonNode>, Refusal?> RefuseAll { get; set; } = (_, _) => null;

    /// <summary>Status and error type of an item instead of taking it; called with the number of the request and the document.</summary>
    public Func<int, JsonNode, (int Status, string Type)?> RefuseItem { get; set; } = (_, _) => null;

    /// <summary>The words for a refused document; null for none.</summary>
    public Func<JsonNode, string?> ReasonOf { get; set; } = _ => null;

    /// <summary>Answers to a body by its number and whether it is compressed, before the body is read. Plain bodies are a violation without this.</summary>
    public Func<int, bool, Refusal?>? RefuseEncoding { get; set; }

    /// <summary>For each bulk request whether its body was compressed.</summary>
    public IReadOnlyList<bool> Compressed => [.. compressed];

    /// <summary>The header Authorization of each request; empty where it had none.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = [];

    /// <summary>Runs after the documents are taken and before the answer leaves.</summary>
    public Func<int, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Answers instead of the true answer, after the documents are taken; called with the number of the request and its items.</summary>
    public Func<int, int, Refusal?> AfterTaking { get; set; } = (_, _) => null;

    /// <summary>Answers of everything that is no bulk request, instead of the usual; null leaves it.</summary>
    public Func<string, Refusal?> RefuseSetup { get; set; } = _ => null;

    /// <summary>A path in front of everything, as behind a proxy.</summary>
    public string PathBase { get; set; } = "";

    public int Bulks => bulks;

    /// <summary>Requests that were answered with 403.</summary>
    public int Denials => denials;

    /// <summary>Bytes of the bulk bodies as they came.</summary>
    public long PackedBytes => packedBytes;

    /// <param name="port">Port of the loopback; 0 for any.</param>
    /// <param name="certificate">With one, the server speaks TLS.</param>
    /// <param name="client">With one, each client has to present this certificate.</param>
    /// <param name="cluster">Another node of the same cluster, which has the same documents and templates.</param>
    public static async Task<FakeSearch> StartAsync(int port = 0, Func<X509Certificate2>? certificate = null, Func<X509Certificate2>? client = null, FakeSearch? cluster = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null) listen.UseHttps(tls =>
            {
                tls.ServerCertificateSelector = (_, _) => certificate();
                if (client is null) return;
                tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                tls.ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == client().Thumbprint;
            });
        }));
        WebApplication server = builder.Build();
        FakeSearch fake = new(server, cluster);
        server.Run(fake.AnswerAsync);
        await server.StartAsync();
        fake.Url = ((IApplicationBuilder)server).ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.Single();
        return fake;
    }

    /// <summary>Forgets the set-up, as another server under the same address would.</summary>
    public void Empty() => templates.Clear();

    public JsonNode Template(string path) => templates[path];

    /// <summary>Paths of everything that was put.</summary>
    public ICollection<string> Templates => templates.Keys;

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue($"{context.Request.Method} {path}");
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        if (!path.StartsWith(PathBase, StringComparison.Ordinal)) return WriteAsync(context, 404, "<html>no such page</html>");
        path = path[PathBase.Length..];
        return path.EndsWith("/_bulk", StringComparison.Ordinal) ? BulkAsync(context) : SetUpAsync(context, path);
    }

    private async Task SetUpAsync(HttpContext context, string path)
    {
        if (RefuseSetup($"{context.Request.Method} {path}") is { } refusal)
        {
            await WriteAsync(context, refusal);
            return;
        }
        if (path == "/")
        {
            await WriteAsync(context, 200, Root);
        }
        else if (context.Request.Method == "PUT")
        {
            templates[path] = context.Request.ContentLength > 0 ? (await JsonNode.ParseAsync(context.Request.Body))! : new JsonObject();
            await WriteAsync(context, 200, """{"acknowledged":true}""");
        }
        else if (templates.TryGetValue(path, out JsonNode? there))
        {
            await WriteAsync(context, 200, there.ToJsonString());
        }
        else
        {
            await WriteAsync(context, 404, "{}");
        }
    }

    private async Task BulkAsync(HttpContext context)
    {
        int number = Interlocked.Increment(ref bulks) - 1;
        bool gzip = context.Request.Headers.ContentEncoding == "gzip";
        compressed.Enqueue(gzip);
        if (RefuseEncoding?.Invoke(number, gzip) is { } refused)
        {
            await WriteAsync(context, refused);
            return;
        }
        string body = await ReadAsync(context.Request);
        Lengths.Enqueue(Encoding.UTF8.GetByteCount(body));
        string[] lines = body.Split('\n');
        int count = lines.Length / 2;
        if (context.Request.ContentType != "application/x-ndjson") Violations.Enqueue($"content type {context.Request.ContentType}");
        if (lines[^1].Length > 0 || lines.Length % 2 == 0) Violations.Enqueue("no newline at the end, or lines without a pair");
        if ((Refuse(number, count) ?? RefuseAll(number, DocumentsOf(lines))) is { } refusal)
        {
            await WriteAsync(context, refusal);
            return;
        }
        if (!templates.ContainsKey("/_index_template/sflow-flow")) Violations.Enqueue("a bulk request before the index template");
        JsonArray items = new();
        for (int i = 0; i < count; i++) items.Add(Take(number, lines[2 * i], lines[2 * i + 1]));
        await BeforeAnswer(number);
        if (AfterTaking(number, count) is { } wrong)
        {
            await WriteAsync(context, wrong);
            return;
        }
        await WriteAsync(context, 200, new JsonObject { ["errors"] = true, ["items"] = items }.ToJsonString());
    }

    private static JsonNode[] DocumentsOf(string[] lines) => [.. lines.Where((line, index) => index % 2 == 1).Select(line => JsonNode.Parse(line)!)];

    private JsonObject Take(int number, string action, string line)
    {
        JsonNode? id = JsonNode.Parse(action)?["create"]?["_id"];
        if (id is null) Violations.Enqueue($"action {action}");
        JsonNode document = JsonNode.Parse(line)!;
        if (RefuseItem(number, document) is { } refused) return Item(refused.Status, refused.Type, ReasonOf(document));
        return Documents.TryAdd(id!.GetValue<string>(), document) ? Item(201, null) : Item(409, "version_conflict_engine_exception");
    }

    private static JsonObject Item(int status, string? type, string? reason = null)
    {
        JsonObject result = new() { ["status"] = status };
        if (type is not null) result["error"] = new JsonObject { ["type"] = type, ["reason"] = reason };
        return new JsonObject { ["create"] = result };
    }

    private async Task<string> ReadAsync(HttpRequest request)
    {
        bool gzip = request.Headers.ContentEncoding == "gzip";
        if (!gzip && RefuseEncoding is null) Violations.Enqueue("not compressed");
        if (request.ContentLength is null) Violations.Enqueue("no length");
        Interlocked.Add(ref packedBytes, request.ContentLength ?? 0);
        await using Stream plain = gzip ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using StreamReader reader = new(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task WriteAsync(HttpContext context, Refusal refusal)
    {
        if (refusal == Refusal.Abort)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        if (refusal.Status == 403) Interlocked.Increment(ref denials);
        if (refusal.RetryAfter is not null) context.Response.Headers.RetryAfter = refusal.RetryAfter;
        if (refusal.Location is not null) context.Response.Headers.Location = refusal.Location;
        if (refusal.Product is not null) context.Response.Headers["X-Elastic-Product"] = refusal.Product;
        return WriteAsync(context, refusal.Status, refusal.Body);
    }

    private static async Task WriteAsync(HttpContext context, int status, string? body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body?.StartsWith('<') == true ? "text/html" : "application/json";
        if (body is not null) await context.Response.WriteAsync(body);
    }
}
