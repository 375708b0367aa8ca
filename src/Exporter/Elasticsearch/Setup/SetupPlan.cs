using System.Text.Json.Nodes;
using SFlow.Exporter.Options;

namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>What a server needs before the first record, in the order in which its parts need each other.</summary>
internal sealed class SetupPlan(ServerProfile profile, StreamName stream, ElasticsearchOptions options)
{
    /// <summary>The lifecycle is a part of the index template: no policy is needed.</summary>
    public bool HasStreamLifecycle => profile.Serverless || options.StreamLifecycle && profile.HasStreamLifecycle;

    /// <summary>Policy that deletes old records; null where the template says it.</summary>
    public SetupRequest? Policy => HasStreamLifecycle ? null : profile.IsElasticsearch
        ? new SetupRequest($"_ilm/policy/{Templates.Lifecycle}", Templates.ElasticsearchPolicy(profile), IsOurs: false)
        : new SetupRequest($"_plugins/_ism/policies/{Templates.Lifecycle}", Templates.OpenSearchPolicy(stream), IsOurs: false);

    /// <param name="hasPolicy">The server has index lifecycle management, and our policy in it.</param>
    public IEnumerable<SetupRequest> Components(bool hasPolicy)
    {
        if (options.Pipeline) yield return new SetupRequest($"_ingest/pipeline/{Templates.Pipeline}", Templates.PipelineBody(), IsOurs: true);
        yield return Ours($"_component_template/{Templates.Mappings}", Templates.MappingsComponent());
        yield return Ours($"_component_template/{Templates.Settings}", Templates.SettingsComponent(profile, options, hasPolicy, HasStreamLifecycle));
        yield return new SetupRequest($"_component_template/{Templates.Custom}", new JsonObject { ["template"] = new JsonObject() }, IsOurs: false);
    }

    /// <param name="dataStream">Records go to a data stream; false for an ordinary index.</param>
    /// <param name="priority">Templates with higher numbers win.</param>
    public SetupRequest IndexTemplate(bool dataStream = true, int priority = Templates.Priority) =>
        Ours($"_index_template/{stream.Template}", Templates.IndexTemplate(stream, dataStream, priority));

    public SetupRequest DataStream => new($"_data_stream/{stream.Name}", null, IsOurs: false);

    /// <summary>All requests, for a server that has everything that its profile can have.</summary>
    public IEnumerable<SetupRequest> All()
    {
        if (Policy is { } policy) yield return policy;
        foreach (SetupRequest component in Components(hasPolicy: profile.IsElasticsearch && !HasStreamLifecycle)) yield return component;
        yield return IndexTemplate();
        yield return DataStream;
    }

    private static SetupRequest Ours(string path, JsonObject body)
    {
        Templates.Sign(body);
        return new SetupRequest(path, body, IsOurs: true);
    }
}
