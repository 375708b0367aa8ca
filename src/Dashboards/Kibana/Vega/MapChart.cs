namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>Where traffic goes: a circle for each place, its area by the bytes.</summary>
internal sealed record MapChart(string Title, string Description, Amount Amount) : VegaPanel(Title, Description)
{
    /// <summary>Cells of some 40 km, so that a city is one circle.</summary>
    private const int Precision = 4;

    private string Places => $$"""
        {
          "places": {
            "geohash_grid": { "field": "{{RecordField.Place}}", "precision": {{Precision}}, "size": 500 },
            "aggs": {
              "amount": { "sum": { "field": "{{Amount.Field}}" } }, "middle": { "geo_centroid": { "field": "{{RecordField.Place}}" } },
              "country": { "terms": { "field": "{{RecordField.Country}}", "size": 1 } }, "city": { "terms": { "field": "{{RecordField.City}}", "size": 1 } }
            }
          }
        }
        """;

    protected override string Parts() => $$"""
        "data": [
          { "name": "land", "values": {{Land.Outline}} },
          {
            "name": "places", "url": {{Url(Places)}}, "format": { "property": "aggregations.places.buckets" },
            "transform": [
              { "type": "formula", "as": "bytes", "expr": "datum.amount.value" },
              { "type": "filter", "expr": "datum.bytes > 0" },
              { "type": "formula", "as": "longitude", "expr": "datum.middle.location.lon" },
              { "type": "formula", "as": "latitude", "expr": "datum.middle.location.lat" },
              { "type": "formula", "as": "town", "expr": "length(datum.city.buckets) > 0 ? datum.city.buckets[0].key + ', ' : ''" },
              { "type": "formula", "as": "name", "expr": "datum.town + (length(datum.country.buckets) > 0 ? datum.country.buckets[0].key : '')" },
              { "type": "geopoint", "projection": "world", "fields": ["longitude", "latitude"] }
            ]
          }
        ],
        "projections": [
          { "name": "world", "type": "naturalEarth1", "scale": { "signal": "min(width / 5.6, height / 2.7)" }, "translate": [{ "signal": "width / 2" }, { "signal": "height / 2" }] }
        ],
        "scales": [{ "name": "size", "type": "linear", "domain": { "data": "places", "field": "bytes" }, "range": [20, 900], "zero": true }],
        "marks": [
          {
            "type": "shape", "from": { "data": "land" },
            "encode": { "update": { "fill": { "value": "{{Grey}}" }, "fillOpacity": { "value": 0.25 }, "stroke": { "value": "{{Grey}}" }, "strokeWidth": { "value": 0.5 } } },
            "transform": [{ "type": "geoshape", "projection": "world" }]
          },
          {
            "type": "symbol", "from": { "data": "places" },
            "encode": {
              "update": {
                "x": { "field": "x" }, "y": { "field": "y" }, "size": { "scale": "size", "field": "bytes" }, "fill": { "value": "#D36086" }, "fillOpacity": { "value": 0.7 },
                "tooltip": { "signal": "datum.name + ': ' + {{Amount.Text("datum.bytes")}}" }
              }
            }
          },
          {
            "type": "text", "from": { "data": "places" },
            "encode": {
              "update": {
                "x": { "field": "x" }, "y": { "field": "y", "offset": { "signal": "-4 - sqrt(scale('size', datum.bytes) / PI)" } }, "align": { "value": "center" }, "fill": { "value": "{{Grey}}" },
                "text": { "signal": "datum.name + '  ' + {{Amount.Text("datum.bytes")}}" }
              }
            }
          }
        ]
        """;
}
