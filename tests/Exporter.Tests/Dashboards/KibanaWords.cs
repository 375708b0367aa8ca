using System.Text.Json.Nodes;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>Replaces the words of Kibana in a search of Vega, as Kibana 8 and later do before they send it.</summary>
internal static class KibanaWords
{
    private const long From = 1_767_323_045_000, To = From + 3_600_000;

    public static JsonNode? Replace(JsonNode? node) => node switch
    {
        JsonObject one when one["%timefilter%"] is { } part => part.ToJsonString() switch
        {
            "\"min\"" => From,
            "\"max\"" => To,
            _ => new JsonObject { ["gte"] = "2026-01-02T03:04:05.000Z", ["lte"] = "2026-01-02T04:04:05.000Z", ["format"] = "strict_date_optional_time" },
        },
        JsonObject pairs => new JsonObject(pairs.Select(pair => pair is { Key: "interval", Value: JsonObject automatic } && automatic.ContainsKey("%autointerval%")
            ? new KeyValuePair<string, JsonNode?>("fixed_interval", "1m") : new KeyValuePair<string, JsonNode?>(pair.Key, Replace(pair.Value)))),
        JsonArray items => new JsonArray([.. items.SelectMany(Clauses)]),
        _ => node?.DeepClone(),
    };

    /// <summary>The query of the dashboard and its filters; nothing where it has none.</summary>
    private static IEnumerable<JsonNode?> Clauses(JsonNode? item) => item?.ToJsonString() switch
    {
        "\"%dashboard_context-must_clause%\"" => [new JsonObject { ["match_all"] = new JsonObject() }],
        "\"%dashboard_context-filter_clause%\"" => [new JsonObject { ["term"] = new JsonObject { ["network.transport"] = "tcp" } }],
        "\"%dashboard_context-must_not_clause%\"" => [],
        _ => [Replace(item)],
    };
}
