namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>
/// Rate over time by group, stacked, with all further groups in one: each bar is the mean of its interval. Groups that overlap are lines beside each other.
/// </summary>
internal sealed record RateChart(string Title, string Description, Amount Amount, Group Group) : VegaPanel(Title, Description)
{
    private const string Others = "others";

    /// <summary>With the others, as many as Kibana has colours.</summary>
    private const int Most = 9;

    public Group Group { get; init; } = Group with { Size = Math.Min(Group.Size, Most) };

    private string Histogram => $$"""
        "time": {
          "date_histogram": {
            "field": "{{RecordField.Time}}", "interval": { "%autointerval%": 60 }, "min_doc_count": 0,
            "extended_bounds": { "min": { "%timefilter%": "min" }, "max": { "%timefilter%": "max" } }
          },
          "aggs": { "amount": { "sum": { "field": "{{Amount.Field}}" } } }
        }
        """;

    private string Series => $$"""
        {
          "series": {
            "terms": {{Terms(Group, "amount")}},
            "aggs": { "amount": { "sum": { "field": "{{Amount.Field}}" } }, {{Histogram}} }
          }
        }
        """;

    protected override string Parts() => $$"""
        "data": [{{Total()}}, {{Named()}}, {{Rest()}}, {{Bars()}}],
        "scales": [
          { "name": "x", "type": "time", "range": "width", "domain": { "fields": [{ "data": "total", "field": "key" }, { "data": "total", "field": "end" }] } },
          { "name": "y", "type": "linear", "range": "height", "domain": { "data": "bars", "field": "{{(Group.Overlap ? "rate" : "upper")}}" }, "nice": true, "zero": true },
          {
            "name": "colour", "type": "ordinal", "range": "category",
            "domain": { "data": "bars", "field": "name", "sort": { "op": "max", "field": "whole", "order": "descending" } }
          }
        ],
        "axes": [
          { "orient": "bottom", "scale": "x", "labelOverlap": true, "tickCount": 6 },
          { "orient": "left", "scale": "y", "grid": true, "format": ".2~s", "tickCount": 5, "title": "{{Amount.RateUnit}}" }
        ],
        "legends": [{ "fill": "colour", "orient": "right", "symbolType": "square", "labelLimit": 190 }],
        "marks": [{{(Group.Overlap ? Lines() : Stacks())}}]
        """;

    private string Stacks() => $$"""
        {
          "type": "rect", "from": { "data": "bars" },
          "encode": {
            "update": {
              "x": { "scale": "x", "field": "key" }, "x2": { "scale": "x", "field": "end" }, "y": { "scale": "y", "field": "lower" }, "y2": { "scale": "y", "field": "upper" },
              "fill": { "scale": "colour", "field": "name" }, "fillOpacity": { "value": 0.85 },
              "tooltip": { "signal": "datum.name + ': ' + {{Amount.RateText("datum.rate")}}" }
            }
          }
        }
        """;

    private static string Lines() => """
        {
          "type": "group", "from": { "facet": { "name": "line", "data": "bars", "groupby": "name" } },
          "marks": [
            {
              "type": "line", "from": { "data": "line" }, "sort": { "field": "x" },
              "encode": {
                "update": {
                  "x": { "scale": "x", "field": "key" }, "y": { "scale": "y", "field": "rate" }, "stroke": { "scale": "colour", "field": "name" },
                  "strokeWidth": { "value": 2 }, "tooltip": { "field": "name" }
                }
              }
            }
          ]
        }
        """;

    /// <summary>All records by time; the length of the intervals follows from their number.</summary>
    private string Total() => $$"""
        {
          "name": "total", "url": {{Url($"{{ {Histogram} }}")}}, "format": { "property": "aggregations.time.buckets" },
          "transform": [
            { "type": "joinaggregate", "fields": ["key", "key", "key"], "ops": ["min", "max", "count"], "as": ["first", "last", "points"] },
            { "type": "formula", "as": "milliseconds", "expr": "datum.points > 1 ? (datum.last - datum.first) / (datum.points - 1) : 1000" },
            { "type": "formula", "as": "end", "expr": "datum.key + datum.milliseconds" }
          ]
        }
        """;

    private string Named() => $$"""
        {
          "name": "series", "url": {{Url(Series)}}, "format": { "property": "aggregations.series.buckets" },
          "transform": [
            { "type": "formula", "as": "name", "expr": "'' + (datum.key_as_string || datum.key)" },
            { "type": "flatten", "fields": ["time.buckets"], "as": ["point"] },
            { "type": "formula", "as": "key", "expr": "datum.point.key" },
            { "type": "formula", "as": "sum", "expr": "datum.point.amount.value" }
          ]
        },
        { "name": "known", "source": "series", "transform": [{ "type": "aggregate", "groupby": ["key"], "fields": ["sum"], "ops": ["sum"], "as": ["named"] }] }
        """;

    /// <summary>What no group of its own has. A group that is present twice in a record (a flag of TCP) may leave less than nothing.</summary>
    private static string Rest() => $$"""
        {
          "name": "rest", "source": "total",
          "transform": [
            { "type": "lookup", "from": "known", "key": "key", "fields": ["key"], "values": ["named"], "default": 0 },
            { "type": "formula", "as": "sum", "expr": "max(0, datum.amount.value - datum.named)" },
            { "type": "formula", "as": "name", "expr": "'{{Others}}'" },
            { "type": "joinaggregate", "fields": ["sum", "amount.value"], "ops": ["sum", "sum"], "as": ["all", "whole"] },
            { "type": "filter", "expr": "datum.all > 0 || datum.whole === 0" }
          ]
        }
        """;

    private string Bars() => $$"""
        {
          "name": "bars", "source": [{{(Group.Overlap ? "\"series\"" : "\"series\", \"rest\"")}}],
          "transform": [
            { "type": "lookup", "from": "total", "key": "key", "fields": ["key"], "values": ["milliseconds", "end"] },
            { "type": "formula", "as": "rate", "expr": "datum.sum * {{Amount.Factor}} / (datum.milliseconds / 1000)" },
            { "type": "joinaggregate", "groupby": ["name"], "fields": ["sum"], "ops": ["sum"], "as": ["whole"] },
            { "type": "formula", "as": "whole", "expr": "datum.name === '{{Others}}' ? -1 : datum.whole" },
            { "type": "stack", "groupby": ["key"], "field": "rate", "sort": { "field": ["whole", "name"], "order": ["descending", "ascending"] }, "as": ["lower", "upper"] }
          ]
        }
        """;
}
