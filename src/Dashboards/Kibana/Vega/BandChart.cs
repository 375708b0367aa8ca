namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>The rate of all records over time, and the 95 % interval of each point as a band.</summary>
internal sealed record BandChart(string Title, string Description, Amount Amount) : VegaPanel(Title, Description)
{
    private string Histogram => $$"""
        {
          "time": {
            "date_histogram": {
              "field": "{{RecordField.Time}}", "interval": { "%autointerval%": 60 }, "min_doc_count": 0,
              "extended_bounds": { "min": { "%timefilter%": "min" }, "max": { "%timefilter%": "max" } }
            },
            "aggs": { {{SampledSum.Aggregations(Amount.Field)}} }
          }
        }
        """;

    protected override string Parts() => $$"""
        "data": [
          {
            "name": "time", "url": {{Url(Histogram)}}, "format": { "property": "aggregations.time.buckets" },
            "transform": [
              { "type": "joinaggregate", "fields": ["key", "key", "key"], "ops": ["min", "max", "count"], "as": ["first", "last", "points"] },
              { "type": "formula", "as": "seconds", "expr": "datum.points > 1 ? (datum.last - datum.first) / (datum.points - 1) / 1000 : 1" },
              {{SampledSum.Transforms(Amount.Field)}},
              { "type": "formula", "as": "rate", "expr": "datum.sum * {{Amount.Factor}} / datum.seconds" },
              { "type": "formula", "as": "lower", "expr": "datum.rate * max(0, 1 - max(0, datum.error))" },
              { "type": "formula", "as": "upper", "expr": "datum.rate * (1 + max(0, datum.error))" }
            ]
          }
        ],
        "scales": [
          { "name": "x", "type": "time", "range": "width", "domain": { "data": "time", "field": "key" } },
          { "name": "y", "type": "linear", "range": "height", "domain": { "data": "time", "field": "upper" }, "nice": true, "zero": true }
        ],
        "axes": [
          { "orient": "bottom", "scale": "x", "labelOverlap": true },
          { "orient": "left", "scale": "y", "grid": true, "format": ".2~s", "tickCount": 5, "title": "{{Amount.RateUnit}}" }
        ],
        "marks": [
          {
            "type": "area", "from": { "data": "time" },
            "encode": {
              "update": {
                "x": { "scale": "x", "field": "key" }, "y": { "scale": "y", "field": "lower" }, "y2": { "scale": "y", "field": "upper" },
                "fill": { "value": "{{Blue}}" }, "fillOpacity": { "value": 0.25 }
              }
            }
          },
          {
            "type": "line", "from": { "data": "time" },
            "encode": {
              "update": {
                "x": { "scale": "x", "field": "key" }, "y": { "scale": "y", "field": "rate" }, "stroke": { "value": "{{Blue}}" }, "strokeWidth": { "value": 2 }
              }
            }
          },
          {
            "type": "symbol", "from": { "data": "time" },
            "encode": {
              "update": {
                "x": { "scale": "x", "field": "key" }, "y": { "scale": "y", "field": "rate" }, "size": { "value": 40 }, "fill": { "value": "{{Blue}}" },
                "fillOpacity": { "value": 0.01 }, "tooltip": { "signal": "{{Amount.RateText("datum.rate")}} + ' ' + {{SampledSum.ErrorText}}" }
              },
              "hover": { "fillOpacity": { "value": 1 } }
            }
          }
        ]
        """;
}
