using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Elastic.Clients.Elasticsearch;
using Elastic.Clients.Elasticsearch.Aggregations;
using Elastic.Clients.Elasticsearch.QueryDsl;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>
/// Reads the body of a request into the types of Elastic's own client, and writes it again. What its types do not know falls out, or is refused. So a misspelt
/// property is found without a server of that version.
/// </summary>
internal static class TypedBody
{
    private static readonly ElasticsearchClient client = new();

    /// <summary>The body as the type writes it.</summary>
    /// <typeparam name="T">The client's type of the request.</typeparam>
    public static JsonNode Again<T>(JsonNode body)
    {
        using MemoryStream sent = new(Encoding.UTF8.GetBytes(body.ToJsonString())), again = new();
        T typed = client.RequestResponseSerializer.Deserialize<T>(sent);
        if (UnknownKinds(body).FirstOrDefault() is { } kind) throw new JsonException($"{typeof(T).Name}: unknown kind {kind}");
        client.RequestResponseSerializer.Serialize(typed, again);
        return JsonNode.Parse(again.ToArray())!;
    }

    /// <summary>The types keep an aggregation or a query of an unknown kind as raw JSON, so it would not fall out.</summary>
    /// <returns>Kinds that the types have no property for.</returns>
    private static IEnumerable<string> UnknownKinds(JsonNode? node, string name = "") => node switch
    {
        JsonObject aggregations when name is "aggs" or "aggregations" => aggregations.SelectMany(one => Unknown<Aggregation>(one.Value!, "aggs", "aggregations", "meta")),
        JsonObject query when name is "query" or "filter" or "must" or "must_not" or "should" => Unknown<Query>(query),
        JsonObject pairs => pairs.SelectMany(pair => UnknownKinds(pair.Value, pair.Key)),
        JsonArray items => items.SelectMany(item => UnknownKinds(item, name)),
        _ => [],
    };

    private static IEnumerable<string> Unknown<T>(JsonNode container, params string[] others) => container.AsObject().Select(pair => pair.Key)
        .Except(typeof(T).GetProperties().Select(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.Name)).Concat(others))
        .Concat(container.AsObject().SelectMany(pair => UnknownKinds(pair.Value, pair.Key)));

    /// <summary>The path of each value. Names with dots are the same as nested ones.</summary>
    public static IEnumerable<string> Properties(JsonNode? node, string path = "") => Leaves(node, path).Select(leaf => leaf.Path);

    /// <summary>The path and the value of each property of a search.</summary>
    public static string[] Values(JsonNode search) => [.. Leaves(LongForm(search), "").Select(leaf => $"{leaf.Path} = {leaf.Value?.ToJsonString() ?? "null"}")];

    /// <summary>Those of these that are not there any more when the type has written the search again.</summary>
    public static string[] Lost<T>(JsonNode search) => [.. Values(search).Except(Values(Again<T>(LongForm(search)!)))];

    private static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject pairs when pairs.Count > 0 => pairs.SelectMany(pair => Leaves(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")),
        JsonArray items when items.OfType<JsonObject>().Any() => items.SelectMany((item, place) => Leaves(item, $"{path}.{place}")),
        _ => [(path, node)],
    };

    /// <summary>Search engines take a single query or order for a list of them, and a value for an object with it. The types write the long form of some.</summary>
    private static JsonNode? LongForm(JsonNode? node, string name = "") => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(item => LongForm(item, name is "sort" ? "sorted" : ""))]),
        JsonObject pairs when name is "order" => new JsonArray(LongForm(pairs)),
        JsonObject pairs when name is "sort" => new JsonArray(LongForm(pairs, "sorted")),
        JsonObject clauses when name is "bool" => Each(clauses, (clause, value) => value is JsonObject one ? new JsonArray(LongForm(one)) : LongForm(value, clause)),
        JsonObject fields when name is "term" or "wildcard" or "match_phrase" or "match" or "sorted" => Each(fields, (_, value) => Object(name, value)),
        JsonObject pairs => Each(pairs, (key, value) => LongForm(value, key)),
        _ => node?.DeepClone(),
    };

    private static JsonObject Each(JsonObject pairs, Func<string, JsonNode?, JsonNode?> change) =>
        new(pairs.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key is "aggs" ? "aggregations" : pair.Key, change(pair.Key, pair.Value))));

    /// <summary>The types know only texts in a query of full text; the server takes a truth value too.</summary>
    private static JsonNode? Object(string name, JsonNode? value) => value is JsonObject ? value.DeepClone() : new JsonObject
    {
        [name switch { "sorted" => "order", "term" or "wildcard" => "value", _ => "query" }] = name is "match" or "match_phrase" ? $"{value}" : value?.DeepClone(),
    };
}
