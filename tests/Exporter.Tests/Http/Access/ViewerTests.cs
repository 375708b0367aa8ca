using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Identify.Explain;
using SFlow.Exporter.Identify.Index;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;
using SFlow.Exporter.Tests.Identify;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.Http.Access;

/// <summary>A viewer of some namespaces gets their records and the addresses of their owners, and nothing else.</summary>
public sealed class ViewerTests
{
    private static readonly string[] Teams = ["team-1", "team-4", "absent"];
    private readonly Viewer viewer = Viewer.Only(Teams);

    [Fact]
    public void A_flow_is_seen_by_a_namespace_at_either_side()
    {
        Assert.True(viewer.Sees("team-1", "@internet") && viewer.Sees(null, "team-4"));
        Assert.False(viewer.Sees("team-2", "@internet") || viewer.Sees(null, null) || viewer.Sees("Team-1", "team-11"));
        Assert.True(Viewer.Everything.Sees(null, null) && Viewer.Everything.SeesAll && !viewer.SeesAll);
    }

    [Fact]
    public void Without_an_admission_there_is_no_viewer() => Assert.Throws<InvalidOperationException>(() => Viewer.Of(new DefaultHttpContext()));

    [Theory]
    [InlineData(37, null, null), InlineData(1_000, null, null), InlineData(100, "team-1", null), InlineData(100, "team-2", null), InlineData(100, "@internet", true)]
    public async Task A_search_finds_each_visible_record_once_over_its_pages(int limit, string? space, bool? counted)
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(6_000);
        foreach (Flow[] chunk in records.Chunk(512)) fixture.Write(chunk);
        string Label(int endpoint) => fixture.Flows.Registries.Endpoints[endpoint].Label;
        Flow[] expected = [.. records.Where(flow =>
            (Teams.Contains(Label(flow.SourceEndpoint)) || Teams.Contains(Label(flow.DestinationEndpoint)))
            && (space is null || Label(flow.SourceEndpoint) == space || Label(flow.DestinationEndpoint) == space) && (counted is null || flow.Counted == counted)).Reverse()];

        using RecordSearch search = fixture.Search();
        List<StoredFlow> found = [];
        for (SearchQuery query = new() { Limit = limit, Namespace = space, Counted = counted }; ;)
        {
            SearchPage page = (await search.SearchAsync(query, viewer, CancellationToken.None))!;
            Assert.True(page.Next is null || page.Flows.Count == limit);
            found.AddRange(page.Flows);
            if (page.Next is null) break;
            query = query with { Before = page.Next };
        }
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(flow => flow.IdLow), found.Select(flow => flow.Record.IdLow));
    }

    [Theory]
    [InlineData("json"), InlineData("csv")]
    public async Task The_API_answers_for_the_viewer_of_the_request(string format)
    {
        SampleFlows flows = new(5);
        await using FlowsApi api = await FlowsApi.StartAsync(flows, viewer: viewer);
        Flow[] records = flows.Make(400);
        await api.OfferAsync(records);
        int expected = records.Count(flow => new[] { flow.SourceEndpoint, flow.DestinationEndpoint }.Any(endpoint => Teams.Contains(flows.Registries.Endpoints[endpoint].Label)));
        string text = await api.Client.GetStringAsync($"/api/flows?limit=1000&format={format}");
        int found = format == "csv" ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1 : JsonDocument.Parse(text).RootElement.GetProperty("flows").GetArrayLength();
        Assert.InRange(expected, 1, 399);
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task A_viewer_of_namespaces_without_records_finds_nothing()
    {
        await using FlowsApi api = await FlowsApi.StartAsync(new SampleFlows(6), viewer: Viewer.Only(["absent", "@internet-x"]));
        SampleFlows flows = new(6);
        await api.OfferAsync(flows.Make(50));
        JsonElement page = await api.GetAsync("?limit=1000");
        Assert.Equal((0, 0), (page.GetProperty("flows").GetArrayLength(), page.GetProperty("scanned").GetInt32()));
    }

    /// <summary>An address of two namespaces is of none of them alone; outside addresses and nodes are of none.</summary>
    [Theory]
    [InlineData("10.128.0.5", "shop", true), InlineData("10.128.0.5", "default", false), InlineData("172.30.1.1", "shop", true), InlineData("10.200.0.1", "blue", false)]
    [InlineData("192.168.100.11", "shop", false), InlineData("8.8.8.8", "shop", false), InlineData("192.168.100.200", "default", true)]
    public void An_address_is_explained_to_viewers_of_its_namespace(string address, string space, bool explained)
    {
        Explanation explanation = Cluster.Index(new Registries()).Explain(Cluster.Address(address), null);
        Assert.Equal(explained, explanation.For(Viewer.Only([space])) is not null);
        Assert.Same(explanation, explanation.For(Viewer.Everything));
    }

    [Fact]
    public void Previous_owners_of_other_namespaces_are_left_out()
    {
        AddressOwner before = new("pod bank/vault", "remembered", null, DateTimeOffset.UnixEpoch) { Namespace = "bank" }, now = new("pod shop/web", "status.podIPs of the pod", DateTimeOffset.UnixEpoch, null) { Namespace = "shop" };
        Explanation explanation = new("10.128.0.5", DateTimeOffset.UtcNow, now.What, now.How, [before, now]) { Owner = now };
        Assert.Equal([now], explanation.For(Viewer.Only(["shop"]))!.Owners);
        Assert.Null(explanation.For(Viewer.Only(["bank"])));
    }

    [Fact]
    public void An_explanation_becomes_JSON_without_its_inner_members()
    {
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(Cluster.Index(new Registries()).Explain(Cluster.Address("10.128.0.5"), null), ExplanationJson.Default.Explanation));
        Assert.Contains("shop", json.RootElement.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.False(json.RootElement.TryGetProperty("owner", out _));
    }
}
