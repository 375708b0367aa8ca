namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>
/// Pairs of namespaces whose oldest record is of this week, the latest first, whatever the time range. It asks all records that the server keeps: if these
/// do not reach back further than a week, nothing can be called new, and the panel says so.
/// </summary>
internal sealed record NewPairsChart(string Title, string Description) : VegaPanel(Title, Description)
{
    private const int Rows = 20;
    private const string WeekAgo = "now() - 7 * 86400000";

    private static string Pairs => $$"""
        {
          "oldest": { "min": { "field": "{{RecordField.Time}}" } },
          "from": {
            "terms": { "field": "{{RecordField.SourceNamespace}}", "size": 200 },
            "aggs": {
              "to": {
                "terms": { "field": "{{RecordField.DestinationNamespace}}", "size": 200 },
                "aggs": { "first": { "min": { "field": "{{RecordField.Time}}" } }, "amount": { "sum": { "field": "{{RecordField.Bytes}}" } } }
              }
            }
          }
        }
        """;

    protected override string Parts() => $$"""
        "padding": { "top": 24, "left": 5, "right": 5, "bottom": 5 },
        "data": [
          {
            "name": "known", "url": {{AllTime()}},
            "transform": [{ "type": "formula", "as": "oldest", "expr": "datum.aggregations.oldest.value" }]
          },
          {
            "name": "pairs", "source": "known",
            "transform": [
              { "type": "filter", "expr": "datum.oldest < {{WeekAgo}}" },
              { "type": "flatten", "fields": ["aggregations.from.buckets"], "as": ["one"] },
              { "type": "flatten", "fields": ["one.to.buckets"], "as": ["other"] },
              { "type": "formula", "as": "name", "expr": "datum.one.key + ' → ' + datum.other.key" },
              { "type": "formula", "as": "first", "expr": "datum.other.first.value" },
              { "type": "formula", "as": "bytes", "expr": "datum.other.amount.value" },
              { "type": "filter", "expr": "datum.first >= {{WeekAgo}}" },
              { "type": "window", "sort": { "field": ["first", "name"], "order": ["descending", "ascending"] }, "ops": ["row_number"], "as": ["row"] },
              { "type": "filter", "expr": "datum.row <= {{Rows}}" }
            ]
          },
          { "name": "found", "source": "pairs", "transform": [{ "type": "aggregate", "ops": ["count"], "as": ["pairs"] }] }
        ],
        "marks": [
          {{Note("known", $"datum.oldest < {WeekAgo} ? 'records reach back to ' + timeFormat(datum.oldest, '%Y-%m-%d') + '; new since ' + timeFormat({WeekAgo}, '%Y-%m-%d %H:%M')"
              + " : 'Records reach back to ' + timeFormat(datum.oldest, '%Y-%m-%d %H:%M') + ' only: keep them for more than a week to see what is new.'", -10)}},
          {{Note("found", "datum.pairs > 0 ? '' : 'no new pair'", 14)}},
          {{Column("datum.name", "0", 520)}}, {{Column("timeFormat(datum.first, '%Y-%m-%d %H:%M')", "width * 0.62", 150)}}, {{Column(Amount.Bytes.Text("datum.bytes"), "width * 0.88", 90)}}
        ]
        """;

    /// <summary>The same request as other panels have, without the time range.</summary>
    private string AllTime()
    {
        string range = $$""", { "range": { "{{RecordField.Time}}": { "%timefilter%": true } } }""";
        return Url(Pairs).Replace(range, "", StringComparison.Ordinal);
    }

    private static string Note(string data, string text, int y) => $$"""
        {
          "type": "text", "from": { "data": "{{data}}" },
          "encode": { "update": { "x": { "value": 0 }, "y": { "value": {{y}} }, "fill": { "value": "{{Grey}}" }, "text": { "signal": "{{text}}" } } }
        }
        """;

    private static string Column(string text, string x, int limit) => $$"""
        {
          "type": "text", "from": { "data": "pairs" },
          "encode": {
            "update": {
              "x": { "signal": "{{x}}" }, "y": { "signal": "datum.row * 16" }, "limit": { "value": {{limit}} }, "fill": { "value": "{{Blue}}" }, "text": { "signal": "{{text}}" }
            }
          }
        }
        """;
}
