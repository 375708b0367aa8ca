using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using Elastic.Clients.Elasticsearch.Cluster;
using Elastic.Clients.Elasticsearch.IndexLifecycleManagement;
using Elastic.Clients.Elasticsearch.IndexManagement;
using Elastic.Clients.Elasticsearch.Ingest;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>
/// The bodies of the setup, read into the types of Elastic's own client and written again. What its types do not know falls out, so a misspelt property is found
/// without a server of that version.
/// </summary>
public sealed class TypedRoundTripTests
{
    private static readonly ElasticsearchClient client = new();

    [Theory]
    [InlineData("elasticsearch-7", false), InlineData("elasticsearch-8", false), InlineData("elasticsearch-9", false), InlineData("elasticsearch-9", true), InlineData("serverless", true)]
    public void Elastic_s_client_knows_every_property_of_the_setup(string profile, bool streamLifecycle)
    {
        ElasticsearchOptions options = new() { Pipeline = true, StreamLifecycle = streamLifecycle };
        int compared = 0;
        foreach (SetupRequest request in new SetupPlan(ServerProfile.Of(profile)!, StreamName.Default, options).All())
        {
            if (request.Body is not { } body) continue;
            string[] sent = [.. Properties(body)];
            Assert.Empty(sent.Except(Properties(RoundTrip(request.Path, body))).Select(lost => $"{request.Path}: {lost}"));
            compared += sent.Length;
        }
        Assert.True(compared > 100, $"{compared} properties");
    }

    [Theory]
    [InlineData("_ilm/policy/x", """{"policy":{"phases":{"hot":{"actions":{"rollovr":{"max_age":"1d"}}}}}}""", "policy.phases.hot.actions.rollovr.max_age")]
    [InlineData("_ilm/policy/x", """{"policy":{"phases":{"hot":{"actions":{"rollover":{"max_agee":"1d"}}}}}}""", "policy.phases.hot.actions.rollover.max_agee")]
    [InlineData("_index_template/x", """{"index_patterns":["a"],"priorities":1}""", "priorities")]
    public void A_misspelt_property_falls_out(string path, string body, string lost)
    {
        JsonObject sent = JsonNode.Parse(body)!.AsObject();
        Assert.Contains(lost, Properties(sent).Except(Properties(RoundTrip(path, sent))));
    }

    private static JsonNode RoundTrip(string path, JsonObject body) => path.Split('/')[0] switch
    {
        "_ilm" => Again<PutLifecycleRequest>(body),
        "_ingest" => Again<PutPipelineRequest>(body),
        "_component_template" => Again<PutComponentTemplateRequest>(body),
        "_index_template" => Again<PutIndexTemplateRequest>(body),
        _ => throw new InvalidOperationException(path),
    };

    private static JsonNode Again<T>(JsonObject body)
    {
        using MemoryStream sent = new(Templates.Bytes(body).ToArray()), again = new();
        T typed = client.RequestResponseSerializer.Deserialize<T>(sent);
        client.RequestResponseSerializer.Serialize(typed, again);
        return JsonNode.Parse(again.ToArray())!;
    }

    /// <summary>The path of each value. Names with dots are the same as nested ones.</summary>
    private static IEnumerable<string> Properties(JsonNode? node, string path = "") => node switch
    {
        JsonObject pairs when pairs.Count > 0 => pairs.SelectMany(pair => Properties(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")),
        JsonArray items when items.OfType<JsonObject>().Any() => items.SelectMany((item, place) => Properties(item, $"{path}.{place}")),
        _ => [path],
    };
}
