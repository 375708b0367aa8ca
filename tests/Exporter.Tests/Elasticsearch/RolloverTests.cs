using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>An id is unique in one backing index. Records that are older than the newest index are looked up in the former ones.</summary>
public sealed class RolloverTests
{
    private const string Former = "logs-sflow.flow-default-000001", Newest = "logs-sflow.flow-default-000002";
    private const int Records = 2_500;

    private readonly HashSet<string> former = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> questions = [], bodies = [];

    [Fact]
    public async Task What_another_exporter_wrote_before_the_rollover_is_not_written_again()
    {
        using FakeTransport server = Server(rolledOver: TimeSpan.FromSeconds(30));
        await using Shipping shipping = new(server);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(Records)];
        former.UnionWith(records.Where((_, index) => index % 2 == 0).Select(record => Id(record)));
        shipping.Offer(records);
        await shipping.SettledAsync();
        Assert.Equal((Records / 2, Records / 2, 0, 0), shipping.Outcomes);
        Assert.Equal(Records / 2, server.Documents.Count);
        Assert.DoesNotContain(server.Documents.Keys, former.Contains);
        Assert.All(questions, path => Assert.StartsWith($"{Former}/_mget", path, StringComparison.Ordinal));
        Assert.All(bodies, body => Assert.Empty(TypedBody.Lost<MultiGetRequest>(JsonNode.Parse(body)!)));
    }

    /// <summary>Beyond the difference that the clocks may have, no exporter can have written a record into the former index.</summary>
    [Theory]
    [InlineData(-660, false)]
    [InlineData(-540, true)]
    [InlineData(3_600, true)]
    public async Task Only_records_that_may_be_older_than_the_newest_index_are_looked_up(int secondsAfterRecords, bool looks)
    {
        using FakeTransport server = Server(rolledOver: TimeSpan.FromSeconds(secondsAfterRecords));
        await using Shipping shipping = new(server);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await shipping.SettledAsync();
        Assert.Equal((100, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(looks, !questions.IsEmpty);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_item_that_failed_in_the_server_is_not_sent_again_before_the_server_says_what_it_has(int status)
    {
        using FakeTransport server = Server(rolledOver: TimeSpan.FromSeconds(30));
        Func<SearchResponse> indices = server.Indices;
        int bulks = 0, refusals = 0;
        // The primary shard has written the document; a replica did not confirm it. Then the stream rolls over, and the server is busy for two questions.
        server.Status = id => former.Add(id) ? status : 0;
        server.Answer = (number, _, _) => Task.FromResult<SearchResponse?>(Interlocked.Increment(ref bulks) > 1 ? throw new InvalidOperationException("sent again") : null);
        server.Indices = () => bulks == 1 && refusals++ < 2 ? new SearchResponse(503, default) : indices();
        await using Shipping shipping = new(server);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20));
        await shipping.SettledAsync();
        Assert.Equal((0, 20, 0, 0), shipping.Outcomes);
        Assert.Equal((1, 3), (bulks, refusals));
    }

    [Fact]
    public async Task Without_doubt_a_question_without_response_holds_nothing_up()
    {
        using FakeTransport server = new() { Indices = () => new SearchResponse(503, default) };
        await using Shipping shipping = new(server);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20));
        await shipping.SettledAsync();
        Assert.Equal((20, 0, 0, 0), shipping.Outcomes);
    }

    /// <summary>A server with two backing indices; the newest one was created this long after the records.</summary>
    private FakeTransport Server(TimeSpan rolledOver)
    {
        long created = Flows.Time / 1_000_000 + (long)rolledOver.TotalMilliseconds;
        return new FakeTransport
        {
            Indices = () => Json(new JsonObject { [Newest] = Created(created), [Former] = Created(created - 86_400_000) }),
            Lookup = (path, body) =>
            {
                questions.Enqueue(path);
                bodies.Enqueue(body);
                JsonArray ids = JsonNode.Parse(body)!["ids"]!.AsArray();
                return Json(new JsonObject { ["docs"] = new JsonArray([.. ids.Select(id => new JsonObject { ["_id"] = id!.DeepClone(), ["found"] = former.Contains(id.GetValue<string>()) })]) });
            },
        };
    }

    private static string Id(Flow record)
    {
        byte[] text = new byte[RecordId.Length];
        RecordId.Write(record, text);
        return Encoding.ASCII.GetString(text);
    }

    private static JsonObject Created(long milliseconds) => new() { ["settings"] = new JsonObject { ["index.creation_date"] = milliseconds.ToString(CultureInfo.InvariantCulture) } };

    private static SearchResponse Json(JsonNode body) => new(200, Encoding.UTF8.GetBytes(body.ToJsonString()));
}
