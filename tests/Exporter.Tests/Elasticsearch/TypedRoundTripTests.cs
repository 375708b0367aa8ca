using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch.Cluster;
using Elastic.Clients.Elasticsearch.IndexLifecycleManagement;
using Elastic.Clients.Elasticsearch.IndexManagement;
using Elastic.Clients.Elasticsearch.Ingest;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Elasticsearch.Setup;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>The bodies of the setup, read into the types of Elastic's own client and written again.</summary>
public sealed class TypedRoundTripTests
{
    [Theory]
    [InlineData("elasticsearch-7", false), InlineData("elasticsearch-8", false), InlineData("elasticsearch-9", false), InlineData("elasticsearch-9", true), InlineData("serverless", true)]
    public void Elastic_s_client_knows_every_property_of_the_setup(string profile, bool streamLifecycle)
    {
        ElasticsearchOptions options = new() { Pipeline = true, StreamLifecycle = streamLifecycle };
        int compared = 0;
        foreach (SetupRequest request in new SetupPlan(ServerProfile.Of(profile)!, StreamName.Default, options).All())
        {
            if (request.Body is not { } body) continue;
            string[] sent = [.. TypedBody.Properties(body)];
            Assert.Empty(sent.Except(TypedBody.Properties(RoundTrip(request.Path, body))).Select(lost => $"{request.Path}: {lost}"));
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
        Assert.Contains(lost, TypedBody.Properties(sent).Except(TypedBody.Properties(RoundTrip(path, sent))));
    }

    private static JsonNode RoundTrip(string path, JsonObject body) => path.Split('/')[0] switch
    {
        "_ilm" => TypedBody.Again<PutLifecycleRequest>(body),
        "_ingest" => TypedBody.Again<PutPipelineRequest>(body),
        "_component_template" => TypedBody.Again<PutComponentTemplateRequest>(body),
        "_index_template" => TypedBody.Again<PutIndexTemplateRequest>(body),
        _ => throw new InvalidOperationException(path),
    };
}
