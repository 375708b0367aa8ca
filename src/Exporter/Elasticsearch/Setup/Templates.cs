using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Elasticsearch.Setup;

/// <summary>Bodies of what is put before the first record: lifecycle, component templates, index template.</summary>
internal static class Templates
{
    public const string Lifecycle = "sflow-flows", Mappings = "sflow-flow-mappings", Settings = "sflow-flow-settings", Custom = "sflow-flow-custom", Pipeline = "sflow-flow";

    /// <summary>Above the built-in templates (100) and those of integrations (200).</summary>
    public const int Priority = 500;

    /// <summary>Raised when what the exporter needs of templates changes: an older release then leaves those of a later one alone.</summary>
    public const int Version = 2;

    private const string Retention = "7d";

    private static readonly Version FirstWithShardSize = new(7, 12);

    /// <summary>The mapping of the documents: our fields and no others, so that nothing from outside can make fields.</summary>
    public static JsonObject Mapping()
    {
        JsonObject root = new();
        foreach (Field field in FieldCatalogue.Documents)
        {
            JsonObject parent = root;
            string[] path = field.Name.Split('.');
            foreach (string step in path[..^1])
            {
                parent[step] ??= new JsonObject { ["properties"] = new JsonObject() };
                parent = parent[step]!["properties"]!.AsObject();
            }
            parent[path[^1]] = new JsonObject { ["type"] = field.Type };
        }
        return new JsonObject { ["dynamic"] = "false", ["date_detection"] = false, ["numeric_detection"] = false, ["properties"] = root };
    }

    public static JsonObject MappingsComponent() => new() { ["template"] = new JsonObject { ["mappings"] = Mapping() } };

    /// <param name="profile">The server.</param>
    /// <param name="options">What the operator wants.</param>
    /// <param name="hasPolicy">It has index lifecycle management, and our policy in it.</param>
    /// <param name="hasStreamLifecycle">The data stream has a lifecycle of its own instead.</param>
    public static JsonObject SettingsComponent(ServerProfile profile, ElasticsearchOptions options, bool hasPolicy, bool hasStreamLifecycle)
    {
        JsonObject index = new() { ["refresh_interval"] = "30s", ["mapping"] = new JsonObject { ["ignore_malformed"] = true } };
        JsonObject template = new() { ["settings"] = new JsonObject { ["index"] = index } };
        if (options.Pipeline) index["default_pipeline"] = Pipeline;
        if (hasStreamLifecycle) template["lifecycle"] = new JsonObject { ["data_retention"] = Retention };
        if (profile.Serverless) return new JsonObject { ["template"] = template };
        index["codec"] = "best_compression";
        index["number_of_shards"] = 1;
        if (hasPolicy) index["lifecycle"] = new JsonObject { ["name"] = Lifecycle };
        // From 9 on, a name like logs-* would choose logsdb by itself.
        if (profile.HasLogsDb) index["mode"] = options.LogsDb ? "logsdb" : "standard";
        return new JsonObject { ["template"] = template };
    }

    public static JsonObject IndexTemplate(StreamName stream, bool dataStream, int priority = Priority)
    {
        JsonObject template = new()
        {
            ["index_patterns"] = new JsonArray(stream.Pattern),
            ["priority"] = priority,
            ["composed_of"] = new JsonArray(Mappings, Settings, Custom),
        };
        if (dataStream) template["data_stream"] = new JsonObject();
        return template;
    }

    /// <summary>Index lifecycle management of Elasticsearch: a new backing index a day, deleted a week later.</summary>
    public static JsonObject ElasticsearchPolicy(ServerProfile profile)
    {
        string size = profile.Version >= FirstWithShardSize ? "max_primary_shard_size" : "max_size";
        return Parse($$"""
            {
              "policy": {
                "phases": {
                  "hot": { "actions": { "rollover": { "max_age": "1d", "{{size}}": "50gb" }, "set_priority": { "priority": 100 } } },
                  "delete": { "min_age": "{{Retention}}", "actions": { "delete": {} } }
                }
              }
            }
            """);
    }

    /// <summary>Index state management of OpenSearch: the same; ages count from the birth of an index there.</summary>
    public static JsonObject OpenSearchPolicy(StreamName stream) => Parse($$"""
        {
          "policy": {
            "description": "sFlow records: a new backing index a day, deleted a week later",
            "default_state": "hot",
            "states": [
              {
                "name": "hot",
                "actions": [ { "rollover": { "min_index_age": "1d", "min_primary_shard_size": "50gb" } } ],
                "transitions": [ { "state_name": "delete", "conditions": { "min_index_age": "8d" } } ]
              },
              { "name": "delete", "actions": [ { "delete": {} } ], "transitions": [] }
            ],
            "ism_template": [ { "index_patterns": [ "{{stream.Pattern}}" ], "priority": 100 } ]
          }
        }
        """);

    /// <summary>Replaces the exporter's time of writing with the time of arrival, by the clock of the server.</summary>
    public static JsonObject PipelineBody() => Parse($$$"""
        {
          "description": "sflow-exporter: time of arrival as event.ingested",
          "version": {{{Version}}},
          "processors": [ { "set": { "field": "event.ingested", "value": "{{_ingest.timestamp}}" } } ]
        }
        """);

    /// <summary>Gives the body our version, and puts its hash into its <c>_meta</c>, so that the next start sees that it is there already.</summary>
    public static string Sign(JsonObject body)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Bytes(body)));
        body["version"] = Version;
        body["_meta"] = new JsonObject { ["managed_by"] = "sflow-exporter", ["hash"] = hash };
        return hash;
    }

    /// <summary>The body as it is sent.</summary>
    public static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
