namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>Bands from one group to the other, as wide as their bytes are many. The head says which share of all bytes they are.</summary>
internal sealed record SankeyChart(string Title, string Description, Group From, Group To) : VegaPanel(Title, Description)
{
    private const int Names = 230, Bar = 8;

    private string Pairs => $$"""
        {
          "all": { "sum": { "field": "{{RecordField.Bytes}}" } },
          "from": {
            "terms": {{Terms(From, "amount")}},
            "aggs": {
              "amount": { "sum": { "field": "{{RecordField.Bytes}}" } },
              "to": { "terms": {{Terms(To, "amount")}}, "aggs": { "amount": { "sum": { "field": "{{RecordField.Bytes}}" } } } }
            }
          }
        }
        """;

    protected override string Parts() => $$"""
        "padding": { "top": 24, "left": 5, "right": 5, "bottom": 5 },
        "data": [
          {
            "name": "pairs", "url": {{Url(Pairs)}},
            "transform": [
              { "type": "flatten", "fields": ["aggregations.from.buckets"], "as": ["one"] },
              { "type": "flatten", "fields": ["one.to.buckets"], "as": ["other"] },
              { "type": "formula", "as": "from", "expr": "datum.one.key" },
              { "type": "formula", "as": "to", "expr": "datum.other.key" },
              { "type": "formula", "as": "bytes", "expr": "datum.other.amount.value" },
              { "type": "formula", "as": "all", "expr": "datum.aggregations.all.value" },
              { "type": "filter", "expr": "datum.bytes > 0" },
              { "type": "joinaggregate", "groupby": ["from"], "fields": ["bytes"], "ops": ["sum"], "as": ["sent"] },
              { "type": "joinaggregate", "groupby": ["to"], "fields": ["bytes"], "ops": ["sum"], "as": ["received"] },
              { "type": "stack", "field": "bytes", "sort": { "field": ["sent", "from", "received", "to"], "order": ["descending", "ascending", "descending", "ascending"] }, "as": ["a0", "a1"] },
              { "type": "stack", "field": "bytes", "sort": { "field": ["received", "to", "sent", "from"], "order": ["descending", "ascending", "descending", "ascending"] }, "as": ["b0", "b1"] }
            ]
          },
          {{Side("left", "from", "a")}}, {{Side("right", "to", "b")}},
          { "name": "shown", "source": "pairs", "transform": [{ "type": "aggregate", "fields": ["bytes", "all"], "ops": ["sum", "max"], "as": ["bytes", "all"] }] }
        ],
        "scales": [
          { "name": "y", "type": "linear", "range": [0, { "signal": "height" }], "domain": { "data": "pairs", "field": "a1" }, "nice": false, "zero": true },
          { "name": "colour", "type": "ordinal", "range": "category", "domain": { "data": "left", "field": "name", "sort": { "op": "max", "field": "bytes", "order": "descending" } } }
        ],
        "marks": [{{Bands()}}, {{Ends("left", $"{Names - Bar}", $"{Names}", "right", $"{Names - Bar - 6}")}}, {{Ends("right", $"width - {Names}", $"width - {Names - Bar}", "left", $"width - {Names - Bar - 6}")}}, {{Head()}}]
        """;

    private static string Side(string name, string group, string position) => $$"""
        {
          "name": "{{name}}", "source": "pairs",
          "transform": [
            { "type": "aggregate", "groupby": ["{{group}}"], "fields": ["{{position}}0", "{{position}}1", "bytes"], "ops": ["min", "max", "sum"], "as": ["y0", "y1", "bytes"] },
            { "type": "formula", "as": "name", "expr": "datum.{{group}}" }
          ]
        }
        """;

    private static string Bands()
    {
        string left = $"{Names}", right = $"(width - {Names})", middle = "width / 2";
        string path = $"'M{left},' + scale('y', datum.a0) + ' C' + {middle} + ',' + scale('y', datum.a0) + ' ' + {middle} + ',' + scale('y', datum.b0) + ' ' + {right} + ',' + scale('y', datum.b0)"
            + $" + ' L' + {right} + ',' + scale('y', datum.b1) + ' C' + {middle} + ',' + scale('y', datum.b1) + ' ' + {middle} + ',' + scale('y', datum.a1) + ' {left},' + scale('y', datum.a1) + ' Z'";
        return $$"""
            {
              "type": "path", "from": { "data": "pairs" },
              "encode": {
                "update": {
                  "path": { "signal": "{{path}}" }, "fill": { "scale": "colour", "field": "from" }, "fillOpacity": { "value": 0.45 }, "stroke": { "value": null },
                  "tooltip": { "signal": "datum.from + ' → ' + datum.to + ': ' + {{Amount.Bytes.Text("datum.bytes")}}" }
                },
                "hover": { "fillOpacity": { "value": 0.8 } }
              }
            }
            """;
    }

    private static string Ends(string data, string left, string right, string align, string text) => $$"""
        {
          "type": "rect", "from": { "data": "{{data}}" },
          "encode": {
            "update": {
              "x": { "signal": "{{left}}" }, "x2": { "signal": "{{right}}" }, "y": { "scale": "y", "field": "y0" }, "y2": { "scale": "y", "field": "y1" },
              "fill": {{(data == "left" ? """{ "scale": "colour", "field": "name" }""" : $$"""{ "value": "{{Grey}}" }""")}},
              "tooltip": { "signal": "datum.name + ': ' + {{Amount.Bytes.Text("datum.bytes")}}" }
            }
          }
        },
        {
          "type": "text", "from": { "data": "{{data}}" },
          "encode": {
            "update": {
              "x": { "signal": "{{text}}" }, "y": { "signal": "scale('y', (datum.y0 + datum.y1) / 2)" }, "align": { "value": "{{align}}" }, "baseline": { "value": "middle" },
              "limit": { "value": {{Names - Bar - 12}} }, "fill": { "value": "{{Grey}}" },
              "text": { "signal": "abs(scale('y', datum.y1) - scale('y', datum.y0)) > 9 ? datum.name + '  ' + {{Amount.Bytes.Text("datum.bytes")}} : ''" }
            }
          }
        }
        """;

    private static string Head() => $$"""
        {
          "type": "text", "from": { "data": "shown" },
          "encode": {
            "update": {
              "x": { "signal": "width / 2" }, "y": { "value": -10 }, "align": { "value": "center" }, "fill": { "value": "{{Grey}}" },
              "text": { "signal": "'shown: ' + format(datum.bytes / datum.all, '.1%') + ' of ' + {{Amount.Bytes.Text("datum.all")}}" }
            }
          }
        }
        """;
}
