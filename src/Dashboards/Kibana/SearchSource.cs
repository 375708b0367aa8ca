using System.Text.Json.Nodes;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.Kibana;

/// <summary>
/// What an object asks, without its aggregations: data view, query, and the filter of counted records. A packet that two nodes saw has two records, of
/// which one is counted, so a sum without the filter is too large.
/// </summary>
internal sealed record SearchSource(bool CountedOnly, params Condition[] Conditions)
{
    private const string Name = "kibanaSavedObjectMeta.searchSourceJSON.index", FilterName = "kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index";

    public static JsonObject Empty() => Meta(new JsonObject { ["query"] = Query(""), ["filter"] = new JsonArray() });

    public Reference[] References => CountedOnly ? [DataView.As(Name), DataView.As(FilterName)] : [DataView.As(Name)];

    public JsonObject Attribute() => Meta(new JsonObject
    {
        ["query"] = Query(string.Join(" and ", Conditions.Select(condition => condition.Kql))),
        ["filter"] = CountedOnly ? new JsonArray(Counted()) : new JsonArray(),
        ["indexRefName"] = Name,
    });

    private static JsonObject Query(string text) => new() { ["query"] = text, ["language"] = "kuery" };

    private static JsonObject Meta(JsonObject source) => new() { ["searchSourceJSON"] = JsonText.Line(source) };

    private static JsonObject Counted() => new()
    {
        ["$state"] = new JsonObject { ["store"] = "appState" },
        ["meta"] = new JsonObject
        {
            ["alias"] = "Each packet once",
            ["disabled"] = false,
            ["negate"] = false,
            ["type"] = "phrase",
            ["key"] = RecordField.Counted,
            ["params"] = new JsonObject { ["query"] = true },
            ["indexRefName"] = FilterName,
        },
        ["query"] = new JsonObject { ["match_phrase"] = new JsonObject { [RecordField.Counted] = true } },
    };
}
