using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Elasticsearch;

namespace SFlow.EndToEnd.Tests.Elasticsearch;

/// <summary>What real servers answer when they take nothing for a while: no record is lost by it.</summary>
public sealed class OpenSearchTroubleTests
{
    private const string Stream = "logs-sflow.flow-default";

    [Theory]
    [InlineData("opensearch")]
    [InlineData("elasticsearch710")]
    public async Task Records_wait_while_the_index_or_the_whole_cluster_is_blocked(string service)
    {
        FakeTimeProvider time = new();
        await using OpenSearchServer server = await OpenSearchServer.StartAsync(service);
        await using Shipping shipping = new(server.Address.ToString(), time);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(3_000)];
        shipping.Offer(records.Take(1_000));
        await AdvanceUntilAsync(time, () => shipping.Queue.Waiting == 0);

        await server.AskAsync(HttpMethod.Put, $"/{Stream}/_settings", """{ "index.blocks.write": true }""");
        shipping.Offer(records.Skip(1_000).Take(1_000));
        await AdvanceUntilAsync(time, () => shipping.Said("status 403, cluster_block_exception"));
        Assert.False(shipping.State.IsUp);
        await server.AskAsync(HttpMethod.Put, $"/{Stream}/_settings", """{ "index.blocks.write": null }""");
        await AdvanceUntilAsync(time, () => shipping.Queue.Waiting == 0);

        await server.AskAsync(HttpMethod.Put, "/_cluster/settings", """{ "transient": { "cluster.blocks.read_only": true } }""");
        shipping.Offer(records.Skip(2_000));
        await AdvanceUntilAsync(time, () => !shipping.State.IsUp);
        await server.AskAsync(HttpMethod.Put, "/_cluster/settings", """{ "transient": { "cluster.blocks.read_only": null } }""");
        await AdvanceUntilAsync(time, () => shipping.Queue.Waiting == 0);

        Assert.Equal((3_000, 0, 0, 0), shipping.Outcomes);
        Assert.True(shipping.State.IsUp);
        Assert.Equal(3_000, await CountAsync(server));
    }

    [Theory]
    [InlineData("opensearch")]
    [InlineData("elasticsearch710")]
    public async Task A_server_that_allows_small_requests_only_gets_every_record_once(string service)
    {
        FakeTimeProvider time = new();
        await using OpenSearchServer server = await OpenSearchServer.StartAsync(service, "--max-content", "1mb");
        await using Shipping shipping = new(server.Address.ToString(), time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10_000));
        await AdvanceUntilAsync(time, () => shipping.Queue.Waiting == 0);
        (long written, long alreadyThere, long rejected, long lost) = shipping.Outcomes;
        Assert.Equal((10_000, 0, 0), (written + alreadyThere, rejected, lost));
        Assert.True(shipping.Said("smaller ones follow"));
        Assert.Equal(10_000, await CountAsync(server));
    }

    [Fact]
    public async Task An_OpenSearch_that_calls_itself_Elasticsearch_is_known_by_its_tagline()
    {
        await using OpenSearchServer server = await OpenSearchServer.StartAsync();
        await server.AskAsync(HttpMethod.Put, "/_cluster/settings", """{ "persistent": { "compatibility.override_main_response_version": true } }""");
        JsonNode root = await server.AskAsync(HttpMethod.Get, "/");
        Assert.Equal("7.10.2", root["version"]!["number"]!.GetValue<string>());
        Assert.Null(root["version"]!["distribution"]);
        await using Shipping shipping = new(server.Address.ToString());
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await shipping.SettledAsync();
        Assert.Equal((100, 0, 0, 0), shipping.Outcomes);
        Assert.True(shipping.Said("(OpenSearch "));
        Assert.DoesNotContain(shipping.Logged, line => line.Contains("_ilm", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(OpenSearchServer server) =>
        (await server.SearchAsync(Stream, """{ "size": 0, "track_total_hits": true }"""))["hits"]!["total"]!["value"]!.GetValue<int>();

    private static Task AdvanceUntilAsync(FakeTimeProvider time, Func<bool> done) => Shipping.UntilAsync(() =>
    {
        if (done()) return true;
        time.Advance(TimeSpan.FromSeconds(1));
        return false;
    });
}
