namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>The largest groups as bars, each with its 95 % interval.</summary>
internal sealed record RankChart(string Title, string Description, Amount Amount, Group Group) : VegaPanel(Title, Description)
{
    private string Ranked => $$"""
        { "ranked": { "terms": {{Terms(Group, "amount.sum")}}, "aggs": { {{SampledSum.Aggregations(Amount.Field)}} } } }
        """;

    protected override string Parts() => $$"""
        "data": [
          {
            "name": "ranked", "url": {{Url(Ranked)}}, "format": { "property": "aggregations.ranked.buckets" },
            "transform": [
              { "type": "formula", "as": "name", "expr": "'' + (datum.key_as_string || datum.key)" },
              {{SampledSum.Transforms(Amount.Field)}},
              { "type": "formula", "as": "lower", "expr": "datum.sum * max(0, 1 - max(0, datum.error))" },
              { "type": "formula", "as": "upper", "expr": "datum.sum * (1 + max(0, datum.error))" },
              { "type": "formula", "as": "text", "expr": "{{Amount.Text("datum.sum")}} + '  ' + {{SampledSum.ErrorText}}" }
            ]
          },
          { "name": "ends", "source": "ranked", "transform": [{ "type": "formula", "as": "end", "expr": "datum.upper * 1.6" }] }
        ],
        "scales": [
          { "name": "x", "type": "linear", "range": "width", "domain": { "data": "ends", "field": "end" }, "zero": true },
          { "name": "y", "type": "band", "range": "height", "padding": 0.25, "domain": { "data": "ranked", "field": "name", "sort": { "op": "max", "field": "sum", "order": "descending" } } }
        ],
        "axes": [{ "orient": "left", "scale": "y", "ticks": false, "domain": false, "labelLimit": 230, "labelPadding": 6 }],
        "marks": [
          {
            "type": "rect", "from": { "data": "ranked" },
            "encode": {
              "update": {
                "x": { "scale": "x", "value": 0 }, "x2": { "scale": "x", "field": "sum" }, "y": { "scale": "y", "field": "name" }, "height": { "scale": "y", "band": 1 },
                "fill": { "value": "{{Blue}}" }, "fillOpacity": { "value": 0.6 }, "tooltip": { "signal": "datum.name + ': ' + datum.text + ', ' + format(datum.samples, ',') + ' samples'" }
              }
            }
          },
          {
            "type": "rule", "from": { "data": "ranked" },
            "encode": {
              "update": {
                "x": { "scale": "x", "field": "lower" }, "x2": { "scale": "x", "field": "upper" }, "y": { "scale": "y", "field": "name", "band": 0.5 },
                "stroke": { "value": "{{Grey}}" }, "strokeWidth": { "value": 2 }
              }
            }
          },
          {
            "type": "text", "from": { "data": "ranked" },
            "encode": {
              "update": {
                "x": { "scale": "x", "field": "upper", "offset": 6 }, "y": { "scale": "y", "field": "name", "band": 0.5 }, "baseline": { "value": "middle" },
                "text": { "field": "text" }, "fill": { "value": "{{Grey}}" }
              }
            }
          }
        ]
        """;
}
