using System.Text.Json.Nodes;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>
/// A panel that Vega draws, for what Kibana's own charts cannot show: rates in bits per second, and the error of an estimate. It asks the search engine by
/// itself, within the time range, the query and the filters of its dashboard.
/// </summary>
internal abstract record VegaPanel(string Title, string Description) : KibanaPanel(Title, Description)
{
    /// <summary>Readable on a light page and on a dark one.</summary>
    protected const string Grey = "#8690a0", Blue = "#6092C0";

    protected override string Kind => "vega";

    protected override SearchSource? Source => null;

    protected override JsonObject Parameters() => new() { ["spec"] = ShortJson.Of(Specification()) };

    /// <summary>The parts between the braces, as JSON: data, scales, marks, ...</summary>
    protected abstract string Parts();

    public JsonNode Specification() => JsonNode.Parse($$"""{ "$schema": "https://vega.github.io/schema/vega/v5.json", {{Parts()}} }""")!;

    /// <summary>A request to the search engine, as Vega's data have it.</summary>
    /// <param name="aggregations">What it asks of the records, as JSON.</param>
    protected string Url(string aggregations)
    {
        List<string> conditions = [.. Conditions.Select(condition => JsonText.Line(condition.Query()))];
        if (CountedOnly) conditions.Insert(0, $$"""{ "term": { "{{RecordField.Counted}}": true } }""");
        return $$"""
            {
              "index": "{{DataView.Indices}}",
              "body": {
                "size": 0,
                "query": {
                  "bool": {
                    "must": ["%dashboard_context-must_clause%", { "range": { "{{RecordField.Time}}": { "%timefilter%": true } } }],
                    "filter": [{{string.Join(", ", conditions.Prepend("\"%dashboard_context-filter_clause%\""))}}],
                    "must_not": ["%dashboard_context-must_not_clause%"]
                  }
                },
                "aggs": {{aggregations}}
              }
            }
            """;
    }

    /// <summary>JSON of a group's terms, without what it asks of each.</summary>
    protected static string Terms(Group group, string order)
    {
        string absent = group.Absent is null ? "" : $""", "missing": "{group.Absent}" """;
        return $$"""{ "field": "{{group.Field}}", "size": {{group.Size}}, "order": { "{{order}}": "desc" }{{absent}} }""";
    }
}
