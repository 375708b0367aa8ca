using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Elasticsearch;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>An id is unique in one backing index. A retry after a rollover still makes no duplicate.</summary>
public sealed class RolloverTests : IDisposable
{
    private const string Stream = "logs-sflow.flow-default";
    private const int Records = 2_000;

    private readonly string folder = Directory.CreateTempSubdirectory("sflow-rollover-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Records_whose_response_was_lost_before_a_rollover_are_not_written_again()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        using LosingTransport transport = new(server, lost: 3);
        await using Shipping shipping = new(transport, change: Small);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(Records)];
        shipping.Offer(records);
        await shipping.SettledAsync();
        (long written, long alreadyThere, long rejected, long _) = shipping.Outcomes;
        Assert.Equal((Records, 0), (written + alreadyThere, rejected));
        Assert.True(transport.LostItems > 0);
        Assert.Equal(transport.LostItems, alreadyThere);
        await CheckAsync(server, records);
    }

    [Fact]
    public async Task Records_that_an_earlier_run_sent_before_a_rollover_are_not_written_again()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        Flow[] records;
        int lostItems;
        using (LosingTransport transport = new(server, lost: int.MaxValue))
        {
            await using Shipping first = new(transport, change: Small, deadline: TimeSpan.FromSeconds(3), spool: folder);
            await first.StartAsync();
            records = [.. first.Flows.Many(Records)];
            first.Offer(records);
            await Shipping.UntilAsync(() => transport.LostItems > 0);
            await first.StopAsync();
            Assert.Equal((0, 0, 0, 0), (first.Outcomes.Written, first.Outcomes.Rejected, first.Outcomes.Shutdown, Records - first.Spool!.Records - first.Outcomes.AlreadyThere));
            lostItems = transport.LostItems;
        }
        await server.AskAsync(HttpMethod.Post, $"/{Stream}/_rollover");
        await using Shipping second = new(server.Address.ToString(), change: Small, spool: folder);
        await second.StartAsync();
        await second.SettledAsync();
        Assert.InRange(second.Queue.AlreadyThere, 1, lostItems);
        await CheckAsync(server, records);
    }

    private static void Small(ElasticsearchOptions options) => options.BulkBytes = 128 * 1024;

    private static async Task CheckAsync(OpenSearchServer server, Flow[] records)
    {
        JsonNode found = await server.SearchAsync(Stream, """{ "size": 0, "track_total_hits": true, "aggs": { "bytes": { "sum": { "field": "network.bytes" } } } }""");
        Assert.Equal(Records, found["hits"]!["total"]!["value"]!.GetValue<int>());
        Assert.Equal(records.Sum(record => (double)record.Bytes), found["aggregations"]!["bytes"]!["value"]!.GetValue<double>());
        JsonNode stream = await server.AskAsync(HttpMethod.Get, $"/_data_stream/{Stream}");
        Assert.True(stream["data_streams"]![0]!["indices"]!.AsArray().Count > 1);
    }

    /// <summary>Loses the first responses to bulk requests, after the server has accepted them. With the last of these the stream rolls over.</summary>
    private sealed class LosingTransport(OpenSearchServer server, int lost) : ISearchTransport
    {
        private readonly SearchTransport inner = new(new ElasticsearchOptions { Url = server.Address.ToString() }, TimeProvider.System, NullLogger.Instance);
        private int requests, lostItems;

        public string Host => inner.Host;

        /// <summary>Records that the server accepted without our knowing.</summary>
        public int LostItems => Volatile.Read(ref lostItems);

        public Task<SearchResponse> GetAsync(string path, CancellationToken cancellation) => inner.GetAsync(path, cancellation);

        public Task<SearchResponse> PutAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => inner.PutAsync(path, json, cancellation);

        public Task<SearchResponse> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => inner.PostAsync(path, json, cancellation);

        public async Task<SearchResponse> BulkAsync(string path, ReadOnlyMemory<byte> body, bool compressed, CancellationToken cancellation)
        {
            SearchResponse answer = await inner.BulkAsync(path, body, compressed, cancellation);
            int number = Interlocked.Increment(ref requests);
            if (number > lost) return answer;
            JsonArray items = JsonNode.Parse(answer.Body.Span)!["items"]!.AsArray();
            Interlocked.Add(ref lostItems, items.Count(item => item!["create"]!["status"]!.GetValue<int>() == 201));
            if (number == lost) await server.AskAsync(HttpMethod.Post, $"/{Stream}/_rollover");
            return new SearchResponse(0, default, Failure: "connection reset", IsConnectionLost: true);
        }

        public void Dispose() => inner.Dispose();
    }
}
