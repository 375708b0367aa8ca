using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SFlow.EndToEnd.Tests.Services;
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
        using FaultyTransport transport = Losing(server, responses: 3);
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
        using (FaultyTransport transport = Losing(server, responses: int.MaxValue))
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

    [Fact]
    public async Task Two_exporters_that_hear_the_same_agents_write_each_record_once()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        Flow[] records = await ShipFirstAsync(server);
        await server.AskAsync(HttpMethod.Post, $"/{Stream}/_rollover");
        await using Shipping second = new(server.Address.ToString(), change: Small);
        await second.StartAsync();
        second.Offer(records);
        await second.SettledAsync();
        Assert.Equal((0, Records, 0, 0), second.Outcomes);
        await CheckAsync(server, records);
    }

    /// <summary>What ADR 10 says of two exporters: only requests that are on their way when the stream rolls over can be written twice.</summary>
    [Fact]
    public async Task A_rollover_between_the_question_and_the_request_costs_the_requests_on_their_way_only()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        Flow[] records = await ShipFirstAsync(server);
        ConcurrentDictionary<int, int> items = [];
        using FaultyTransport transport = new(server)
        {
            Before = number => number == 2 ? RollOverAsync(server) : Task.CompletedTask,
            After = (number, response) =>
            {
                items[number] = JsonNode.Parse(response.Body.Span)!["items"]!.AsArray().Count;
                return Task.FromResult(response);
            },
        };
        await using Shipping second = new(transport, change: Small);
        await second.StartAsync();
        second.Offer(records);
        await second.SettledAsync();
        (long written, long alreadyThere, long rejected, long _) = second.Outcomes;
        Assert.Equal((Records, 0), (written + alreadyThere, rejected));
        Assert.True(items.Count > 4, $"{items.Count} requests");
        // Two requests can be on their way at once.
        Assert.InRange(written, items[2], 2 * items.Values.Max());
        JsonNode found = await server.SearchAsync(Stream, """{ "size": 0, "track_total_hits": true }""");
        Assert.Equal(Records + written, found["hits"]!["total"]!["value"]!.GetValue<int>());
    }

    private static async Task<Flow[]> ShipFirstAsync(OpenSearchServer server)
    {
        await using Shipping first = new(server.Address.ToString(), change: Small);
        await first.StartAsync();
        Flow[] records = [.. first.Flows.Many(Records)];
        first.Offer(records);
        await first.SettledAsync();
        Assert.Equal((Records, 0, 0, 0), first.Outcomes);
        return records;
    }

    private static Task<JsonNode> RollOverAsync(OpenSearchServer server) => server.AskAsync(HttpMethod.Post, $"/{Stream}/_rollover");

    /// <summary>Loses the first responses, after the server has accepted the records. With the last of these the stream rolls over.</summary>
    private static FaultyTransport Losing(OpenSearchServer server, int responses)
    {
        FaultyTransport transport = new(server);
        transport.After = async (number, response) =>
        {
            if (number > responses) return response;
            if (number == responses) await RollOverAsync(server);
            return transport.Lose(response);
        };
        return transport;
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
}
