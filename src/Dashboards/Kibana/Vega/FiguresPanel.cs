namespace SFlow.Dashboards.Kibana.Vega;

/// <summary>Mean rate, bytes, packets and samples of the time range, with the 95 % interval of the estimates.</summary>
internal sealed record FiguresPanel(string Title, string Description) : VegaPanel(Title, Description)
{
    /// <summary>A range from the first to the last moment, so that the answer has its length.</summary>
    private static string Range(string name, string field) => $$"""
        "{{name}}": {
          "date_range": { "field": "{{RecordField.Time}}", "ranges": [{ "from": { "%timefilter%": "min" }, "to": { "%timefilter%": "max" } }] },
          "aggs": { {{SampledSum.Aggregations(field)}} }
        }
        """;

    protected override string Parts() => $$"""
        "data": [
          { "name": "bytes", "url": {{Url($"{{ {Range("range", RecordField.Bytes)} }}")}}, "format": { "property": "aggregations.range.buckets" }, "transform": [{{SampledSum.Transforms(RecordField.Bytes)}}] },
          { "name": "packets", "url": {{Url($"{{ {Range("range", RecordField.Packets)} }}")}}, "format": { "property": "aggregations.range.buckets" }, "transform": [{{SampledSum.Transforms(RecordField.Packets)}}] }
        ],
        "marks": [
          {{Figure("bytes", 0, "mean rate", Amount.Bytes.RateText("(datum.sum * 8 / ((datum.to - datum.from) / 1000))"), SampledSum.ErrorText)}},
          {{Figure("bytes", 1, "bytes", Amount.Bytes.Text("datum.sum"), SampledSum.ErrorText)}},
          {{Figure("packets", 2, "packets", "format(datum.sum, '.3~s')", SampledSum.ErrorText)}},
          {{Figure("packets", 3, "samples", "format(datum.samples, ',')", "'records, each packet once'")}}
        ]
        """;

    /// <summary>A large text and two small ones, in the middle of its quarter of the panel.</summary>
    private static string Figure(string data, int place, string name, string value, string note)
    {
        string x = $"width * {place * 2 + 1} / 8";
        return string.Join(", ", Line(22, 0.42, value, Blue), Line(12, 0.42, $"'{name}'", Grey, -30), Line(12, 0.42, note, Grey, 26));

        string Line(int size, double height, string text, string colour, int offset = 0) => $$"""
            {
              "type": "text", "from": { "data": "{{data}}" },
              "encode": {
                "update": {
                  "x": { "signal": "{{x}}" }, "y": { "signal": "height * {{height}} + {{offset}}" }, "align": { "value": "center" }, "baseline": { "value": "middle" },
                  "fontSize": { "value": {{size}} }, "text": { "signal": "{{text}}" }, "fill": { "value": "{{colour}}" }
                }
              }
            }
            """;
    }
}
