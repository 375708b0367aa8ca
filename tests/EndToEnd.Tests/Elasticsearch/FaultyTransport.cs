using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Options;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>The way to a real server, with faults between: before a bulk request leaves, and after its response came.</summary>
internal sealed class FaultyTransport(OpenSearchServer server) : ISearchTransport
{
    private readonly SearchTransport inner = new(new ElasticsearchOptions { Url = server.Address.ToString() }, TimeProvider.System, NullLogger.Instance);
    private int requests, lostItems;

    public string Host => inner.Host;

    /// <summary>Runs before a bulk request. Gets its number, from 1.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Replaces the response to a bulk request.</summary>
    public Func<int, SearchResponse, Task<SearchResponse>> After { get; set; } = (_, response) => Task.FromResult(response);

    /// <summary>Records that the server accepted without our knowing.</summary>
    public int LostItems => Volatile.Read(ref lostItems);

    /// <summary>The connection is cut after the server accepted the request.</summary>
    public SearchResponse Lose(SearchResponse response)
    {
        Interlocked.Add(ref lostItems, JsonNode.Parse(response.Body.Span)!["items"]!.AsArray().Count(item => item!["create"]!["status"]!.GetValue<int>() == 201));
        return new SearchResponse(0, default, Failure: "connection reset", IsConnectionLost: true);
    }

    public Task<SearchResponse> GetAsync(string path, CancellationToken cancellation) => inner.GetAsync(path, cancellation);

    public Task<SearchResponse> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => inner.PutAsync(path, json, cancellation);

    public Task<SearchResponse> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => inner.PostAsync(path, json, cancellation);

    public async Task<SearchResponse> BulkAsync(string path, ReadOnlyMemory<byte> body, bool compressed, CancellationToken cancellation)
    {
        int number = Interlocked.Increment(ref requests);
        await Before(number);
        return await After(number, await inner.BulkAsync(path, body, compressed, cancellation));
    }

    public void Dispose() => inner.Dispose();
}
