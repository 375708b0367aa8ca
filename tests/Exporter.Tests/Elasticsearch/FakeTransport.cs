using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SFlow.Exporter.Elasticsearch;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>A search engine without a wire. It keeps the first document of each id, unless the test answers otherwise.</summary>
internal sealed class FakeTransport : ISearchTransport
{
    private int requests;

    public string Host => "search.example:9200";

    /// <summary>Documents by id.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers to a whole request instead of taking it. Gets its number, from 0, and its items.</summary>
    public Func<int, int, CancellationToken, Task<SearchResponse?>> Answer { get; set; } = (_, _, _) => Task.FromResult<SearchResponse?>(null);

    /// <summary>Status of an item instead of taking it; 0 takes it. Gets its id.</summary>
    public Func<string, int> Status { get; set; } = _ => 0;

    /// <summary>The answer to a request gets lost after the documents are taken.</summary>
    public Func<int, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Answers to the question for the settings of the backing indices; nothing is there otherwise.</summary>
    public Func<SearchResponse> Indices { get; set; } = () => new SearchResponse(404, default);

    /// <summary>Answers to the question for documents of an index. Gets path and body.</summary>
    public Func<string, string, SearchResponse> Lookup { get; set; } = (_, _) => new SearchResponse(404, default);

    public Task<SearchResponse> GetAsync(string path, CancellationToken cancellation) => Task.FromResult(path switch
    {
        "" => new SearchResponse(200, """{"version":{"number":"2.19.1","distribution":"opensearch"}}"""u8.ToArray()),
        _ when path.Contains("/_settings/", StringComparison.Ordinal) => Indices(),
        _ => new SearchResponse(404, default),
    });

    public Task<SearchResponse> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => Task.FromResult(new SearchResponse(200, default));

    public Task<SearchResponse> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => Task.FromResult(Lookup(path, Encoding.UTF8.GetString(json.Span)));

    public async Task<SearchResponse> BulkAsync(string path, ReadOnlyMemory<byte> body, bool compressed, CancellationToken cancellation)
    {
        int number = Interlocked.Increment(ref requests) - 1;
        string[] lines = Lines(body, compressed);
        if (await Answer(number, lines.Length / 2, cancellation) is { } answer) return answer;
        JsonArray items = [];
        for (int i = 0; i < lines.Length; i += 2)
        {
            string id = JsonNode.Parse(lines[i])!["create"]!["_id"]!.GetValue<string>();
            int status = Status(id);
            if (status == 0) status = Documents.TryAdd(id, lines[i + 1]) ? 201 : 409;
            JsonObject result = new() { ["status"] = status };
            if (status >= 400) result["error"] = new JsonObject { ["type"] = status == 400 ? "mapper_parsing_exception" : "es_rejected_execution_exception" };
            items.Add(new JsonObject { ["create"] = result });
        }
        return LosesAnswer(number)
            ? new SearchResponse(0, default, Failure: "connection reset", IsConnectionLost: true)
            : new SearchResponse(200, Encoding.UTF8.GetBytes(new JsonObject { ["errors"] = true, ["items"] = items }.ToJsonString()));
    }

    public void Dispose()
    {
    }

    private static string[] Lines(ReadOnlyMemory<byte> body, bool compressed)
    {
        using MemoryStream bytes = new(body.ToArray());
        using Stream plain = compressed ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        using StreamReader text = new(plain, Encoding.UTF8);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
