using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Elasticsearch;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

public sealed class OpenSearchTests
{
    private const string Stream = "logs-sflow.flow-default";
    private const int Records = 20_000;

    [Fact]
    public async Task Every_record_is_there_once_although_the_server_was_killed_in_between()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        await using Shipping shipping = new(server.Address.ToString(), change: options => options.BulkBytes = 512 * 1024);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(Records)];

        shipping.Offer(records.Take(Records / 2));
        await Shipping.UntilAsync(() => shipping.Queue.Written > 0);
        await server.KillAsync();
        Assert.InRange(shipping.Queue.Written, 1, Records - 1);
        shipping.Offer(records.Skip(Records / 2));
        await Shipping.UntilAsync(() => shipping.Logged.Any(line => line.Contains("Bulk request to", StringComparison.Ordinal)));
        await server.RestartAsync();
        await shipping.SettledAsync();

        // A second exporter that heard the same agents, or a retry whose answer was lost.
        shipping.Offer(records.Take(100));
        await shipping.SettledAsync();

        (long written, long alreadyThere, long rejected, long _) = shipping.Outcomes;
        Assert.Equal((Records + 100, 0), (written + alreadyThere, rejected));
        Assert.InRange(alreadyThere, 100, Records);
        Assert.Equal(0, shipping.Queue.Lost(LossReason.QueueFull));
        JsonNode found = await server.SearchAsync(Stream, """
            {
              "size": 0, "track_total_hits": true,
              "aggs": {
                "bytes": { "sum": { "field": "network.bytes" } }, "packets": { "sum": { "field": "network.packets" } },
                "first": { "min": { "field": "@timestamp" } }
              }
            }
            """);
        Assert.Equal(Records, found["hits"]!["total"]!["value"]!.GetValue<int>());
        Assert.Equal(records.Sum(record => (double)record.Bytes), found["aggregations"]!["bytes"]!["value"]!.GetValue<double>());
        Assert.Equal(records.Sum(record => (double)record.Packets), found["aggregations"]!["packets"]!["value"]!.GetValue<double>());
        Assert.Equal(Flows.Time / 1_000_000, found["aggregations"]!["first"]!["value"]!.GetValue<double>());
        await CheckIdsAsync(server);
        await CheckMappingAsync(server, records);
    }

    [Fact]
    public async Task An_old_server_without_data_streams_gets_an_ordinary_index_of_our_mapping()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync("elasticsearch710");
        await using Shipping shipping = new(server.Address.ToString());
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1_000));
        await shipping.SettledAsync();
        Assert.Equal((1_000, 0, 0, 0), shipping.Outcomes);
        Assert.Contains(shipping.Logged, line => line.Contains("has no data streams", StringComparison.Ordinal));
        Assert.Equal(1_000, await CountAsync(server, """{ "term": { "source.ip": "10.128.0.0/16" } }"""));
        JsonNode mapping = await server.AskAsync(HttpMethod.Get, $"/{Stream}/_mapping");
        Assert.Equal("false", mapping[Stream]!["mappings"]!["dynamic"]!.GetValue<string>());
    }

    /// <summary>No two documents share an id, over all backing indices.</summary>
    private static async Task CheckIdsAsync(OpenSearchServer server)
    {
        HashSet<string> ids = [];
        JsonNode page = await server.AskAsync(HttpMethod.Post, $"/{Stream}/_search?scroll=1m", """{ "size": 5000, "_source": false, "sort": ["_doc"] }""");
        while (page["hits"]!["hits"]!.AsArray() is { Count: > 0 } hits)
        {
            foreach (JsonNode? hit in hits) Assert.True(ids.Add(hit!["_id"]!.GetValue<string>()));
            page = await server.AskAsync(HttpMethod.Post, "/_search/scroll", $$"""{ "scroll": "1m", "scroll_id": "{{page["_scroll_id"]}}" }""");
        }
        Assert.Equal(Records, ids.Count);
    }

    /// <summary>Keywords match whole, addresses by prefix, numbers by range; the stream is a data stream and has no guessed fields.</summary>
    private static async Task CheckMappingAsync(OpenSearchServer server, Flow[] records)
    {
        Assert.Equal(Records, await CountAsync(server, """{ "term": { "source.kubernetes.owner.name": "web" } }"""));
        Assert.Equal(0, await CountAsync(server, """{ "term": { "source.kubernetes.name": "web" } }"""));
        Assert.Equal(Records, await CountAsync(server, """{ "term": { "destination.ip": "172.30.0.0/16" } }"""));
        Assert.Equal(0, await CountAsync(server, """{ "term": { "destination.ip": "172.31.0.0/16" } }"""));
        Assert.Equal(records.Count(record => record.SourcePort < 33_000), await CountAsync(server, """{ "range": { "source.port": { "lt": 33000 } } }"""));
        Assert.Equal(Records, await CountAsync(server, """{ "term": { "sflow.server_service": "openshift-dns/dns-default:dns" } }"""));
        JsonNode stream = await server.AskAsync(HttpMethod.Get, $"/_data_stream/{Stream}");
        Assert.Equal("sflow-flow", stream["data_streams"]![0]!["template"]!.GetValue<string>());
    }

    private static async Task<int> CountAsync(OpenSearchServer server, string query)
    {
        JsonNode found = await server.SearchAsync(Stream, $$"""{ "size": 0, "track_total_hits": true, "query": {{query}} }""");
        return found["hits"]!["total"]!["value"]!.GetValue<int>();
    }
}
