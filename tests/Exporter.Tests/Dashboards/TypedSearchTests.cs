using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using Elastic.Clients.Elasticsearch.QueryDsl;
using SFlow.Dashboards.Definitions.Kibana;
using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;
using SFlow.Exporter.Tests.Elasticsearch;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>The searches of Vega's panels and the filters of all panels and saved searches, read into the types of Elastic's own client and written again.</summary>
public sealed class TypedSearchTests
{
    [Fact]
    public void Elastic_s_client_knows_every_property_of_the_searches_of_Vega()
    {
        int searches = 0, compared = 0;
        foreach (VegaPanel panel in KibanaDashboards.List.SelectMany(dashboard => dashboard.Panels).OfType<VegaPanel>())
            foreach (JsonNode body in Bodies(panel.Specification()))
            {
                JsonNode search = KibanaWords.Replace(body)!;
                Assert.Empty(TypedBody.Lost<SearchRequest>(search).Select(lost => $"{panel.Title}: {lost}"));
                (searches, compared) = (searches + 1, compared + TypedBody.Values(search).Length);
            }
        Assert.True(searches > 50 && compared > 1_000, $"{searches} searches, {compared} values");
    }

    [Fact]
    public void Elastic_s_client_knows_every_property_of_the_filters_of_saved_objects()
    {
        int filters = 0;
        foreach (JsonNode one in File.ReadLines(Path.Combine(SharedFolder.Repository, KibanaFile.Path)).Select(line => JsonNode.Parse(line)!))
        {
            if (one["attributes"]!["kibanaSavedObjectMeta"]?["searchSourceJSON"]?.GetValue<string>() is not { } source) continue;
            foreach (JsonNode? filter in JsonNode.Parse(source)!["filter"]!.AsArray())
            {
                Assert.Empty(TypedBody.Lost<Query>(filter!["query"]!));
                filters++;
            }
        }
        Assert.True(filters > 30, $"{filters} filters");
    }

    /// <summary>The client refuses an aggregation or a query that it does not know, and drops a property that it does not know.</summary>
    [Theory]
    [InlineData("extended_stats", "extended_stat")]
    [InlineData("min_doc_count", "min_doc_counts")]
    [InlineData("extended_bounds", "extended_bound")]
    [InlineData("must_not", "mustnot")]
    [InlineData("fixed_interval", "fixed_intervall")]
    [InlineData("\"gte\"", "\"gtee\"")]
    [InlineData("\"field\"", "\"fields\"")]
    [InlineData("\"size\"", "\"sizes\"")]
    public void A_misspelt_property_falls_out(string right, string wrong)
    {
        string[] bodies = [.. KibanaDashboards.List.SelectMany(dashboard => dashboard.Panels).OfType<VegaPanel>().SelectMany(panel => Bodies(panel.Specification()))
            .Select(body => KibanaWords.Replace(body)!.ToJsonString()).Where(body => body.Contains(right, StringComparison.Ordinal))];
        Assert.NotEmpty(bodies);
        Assert.Empty(bodies.Where(body => !IsLost(JsonNode.Parse(body.Replace(right, wrong, StringComparison.Ordinal))!)).Take(1));
    }

    private static bool IsLost(JsonNode body)
    {
        try
        {
            return TypedBody.Lost<SearchRequest>(body).Length > 0;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or Elastic.Transport.UnexpectedTransportException)
        {
            return true;
        }
    }

    private static IEnumerable<JsonNode> Bodies(JsonNode? node) => node switch
    {
        JsonObject pairs => pairs.SelectMany(pair => pair is { Key: "body", Value: JsonObject body } ? [body] : Bodies(pair.Value)),
        JsonArray items => items.SelectMany(Bodies),
        _ => [],
    };
}
