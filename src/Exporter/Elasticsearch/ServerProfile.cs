using System.Text.Json;

namespace SFlow.Exporter.Elasticsearch;

/// <summary>What kind of server answers, by its <c>GET /</c> unless the operator says it; the product header is not asked for, since forks and proxies lack it.</summary>
internal sealed record ServerProfile(string Product, Version Version, bool Serverless)
{
    private const string ElasticsearchName = "Elasticsearch", OpenSearchName = "OpenSearch";

    private static readonly Version FirstWithDataStreams = new(7, 9), FirstWithProductHeader = new(7, 14), FirstWithStreamLifecycle = new(8, 11), FirstWithLogsDb = new(8, 17);

    /// <summary>Profiles that an operator can set, with the oldest version of each.</summary>
    private static readonly Dictionary<string, ServerProfile> Named = new(StringComparer.Ordinal)
    {
        ["elasticsearch-7"] = new(ElasticsearchName, new Version(7, 17), Serverless: false),
        ["elasticsearch-8"] = new(ElasticsearchName, new Version(8, 0), Serverless: false),
        ["elasticsearch-9"] = new(ElasticsearchName, new Version(9, 0), Serverless: false),
        ["serverless"] = new(ElasticsearchName, new Version(9, 0), Serverless: true),
        ["opensearch-2"] = new(OpenSearchName, new Version(2, 0), Serverless: false),
        ["opensearch-3"] = new(OpenSearchName, new Version(3, 0), Serverless: false),
    };

    public bool IsElasticsearch => Product == ElasticsearchName;

    /// <summary>Data streams have a retention of their own.</summary>
    public bool HasStreamLifecycle => IsElasticsearch && Version >= FirstWithStreamLifecycle;

    /// <summary>The index mode for logs is there, and no longer a preview.</summary>
    public bool HasLogsDb => IsElasticsearch && Version >= FirstWithLogsDb;

    /// <summary>False for what can't know data streams, whoever built it.</summary>
    public bool IsSupported => !IsElasticsearch || Version >= FirstWithDataStreams;

    /// <param name="name">Value of <see cref="Options.ElasticsearchOptions.Profile"/>.</param>
    /// <returns>Null if it is empty.</returns>
    public static ServerProfile? Of(string name) => name.Length == 0 ? null : Named[name];

    /// <summary>
    /// What answers to credentials without the right to ask: known by what its refusal shows. The version is then the oldest one that it can be,
    /// so that it gets only what every version has.
    /// </summary>
    public static ServerProfile Guess(SearchResponse refusal) => refusal.Product == ElasticsearchName
        ? new ServerProfile(ElasticsearchName, FirstWithProductHeader, Serverless: false)
        : new ServerProfile(refusal.Says("no permissions for [") ? OpenSearchName : ElasticsearchName, FirstWithDataStreams, Serverless: false);

    public static ServerProfile? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("version", out JsonElement version)
                || version.ValueKind != JsonValueKind.Object
                || !System.Version.TryParse(Text(version, "number").Split('-')[0], out Version? number)) return null;
            // An OpenSearch in compatibility mode gives the version of its ancestor and no distribution; the tagline stays its own.
            bool openSearch = Text(version, "distribution") == "opensearch" || Text(root, "tagline").Contains(OpenSearchName, StringComparison.Ordinal);
            return new ServerProfile(openSearch ? OpenSearchName : ElasticsearchName, number, Text(version, "build_flavor") == "serverless");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => Serverless ? $"{Product} serverless" : $"{Product} {Version}";

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
