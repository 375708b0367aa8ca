using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using SFlow.Dashboards.Definitions.Kibana;
using SFlow.Dashboards.Kibana;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Tests.Elasticsearch;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>The searches that panels, saved searches and the filters of the walk-throughs become, read into the types of Elastic's own client and written again.</summary>
public sealed class TypedSearchTests(OpenSearchRecords records, ITestOutputHelper output) : IClassFixture<OpenSearchRecords>
{
    [Fact]
    public async Task Elastic_s_client_knows_every_property_of_the_searches_of_all_panels()
    {
        await using RecordingProxy proxy = await RecordingProxy.StartAsync(records.Server.Address);
        foreach (KibanaDashboard dashboard in KibanaDashboards.List)
            Assert.Equal("[]", (await KibanaView.AskThroughAsync(proxy.Address, records, dashboard))["errors"]!.ToJsonString());
        int panels = KibanaDashboards.List.Sum(dashboard => dashboard.Panels.Count(panel => panel is not TextPanel));
        Assert.True(proxy.Searches.Count >= panels, $"{proxy.Searches.Count} searches of {panels} panels");
        output.WriteLine($"{proxy.Searches.Count} searches, {Compare(proxy)} values");
    }

    [Fact]
    public async Task Elastic_s_client_knows_every_property_of_the_filters_of_the_guide()
    {
        await using RecordingProxy proxy = await RecordingProxy.StartAsync(records.Server.Address);
        foreach (string filter in WalkthroughTests.KibanaFilters)
            Assert.Equal("[]", (await KibanaView.AskThroughAsync(proxy.Address, records, Records.Dashboard, "--query", filter))["errors"]!.ToJsonString());
        output.WriteLine($"{proxy.Searches.Count} searches, {Compare(proxy)} values");
    }

    private static int Compare(RecordingProxy proxy)
    {
        int compared = 0;
        foreach (JsonNode search in proxy.Searches)
        {
            Assert.Empty(TypedBody.Lost<SearchRequest>(search));
            compared += TypedBody.Values(search).Length;
        }
        Assert.True(compared > 100, $"{compared} values");
        return compared;
    }
}
