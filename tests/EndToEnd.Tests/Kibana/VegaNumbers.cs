using System.Text.Json.Nodes;
using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>The same for panels that ask by themselves: what they got for their data sets.</summary>
internal static class VegaNumbers
{
    public static int Compare(VegaPanel panel, JsonArray sets, RecordSums records) => panel switch
    {
        RateChart rate => Rates(rate, sets, records),
        RankChart rank => Ranks(rank, Rows(sets, "ranked"), records),
        BandChart band => Points(band, Rows(sets, "time"), records),
        SankeyChart sankey => Pairs(sankey, Rows(sets, "pairs").Single()["aggregations"]!, records),
        FiguresPanel => Sampled(panel, Rows(sets, "bytes").Single(), RecordField.Bytes, records) + Sampled(panel, Rows(sets, "packets").Single(), RecordField.Packets, records),
        MapChart map => Places(map, Rows(sets, "places"), records),
        // It asks beyond the time range: a test of its own.
        NewPairsChart => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(panel), panel.GetType().Name, "nothing is compared for this kind of panel"),
    };

    private static int Rates(RateChart chart, JsonArray sets, RecordSums records)
    {
        PanelNumbers.Equal(records.Sum(chart.Amount.Field), Rows(sets, "total").Sum(point => Value(point["amount"])), $"{chart.Title}, total");
        Dictionary<string, RecordSums> groups = records.By(chart.Group);
        JsonNode[] series = Rows(sets, "series");
        Assert.Equal(Math.Min(chart.Group.Size, groups.Count), series.Length);
        foreach (JsonNode one in series)
        {
            double expected = groups[KeyOf(one, chart.Group)].Sum(chart.Amount.Field);
            PanelNumbers.Equal(expected, Value(one["amount"]), $"{chart.Title}: {one["key"]}");
            PanelNumbers.Equal(expected, one["time"]!["buckets"]!.AsArray().Sum(point => Value(point!["amount"])), $"{chart.Title}: {one["key"]} over time");
        }
        return 1 + 2 * series.Length;
    }

    private static int Ranks(RankChart chart, JsonNode[] ranked, RecordSums records)
    {
        Dictionary<string, RecordSums> groups = records.By(chart.Group);
        Assert.Equal(Math.Min(chart.Group.Size, groups.Count), ranked.Length);
        // Nothing that is left out is larger than what is shown.
        if (ranked.Length > 0) Assert.Equal(groups.Values.Select(group => group.Sum(chart.Amount.Field)).OrderDescending().Take(ranked.Length), ranked.Select(bucket => bucket["amount"]!["sum"]!.GetValue<double>()));
        return ranked.Sum(bucket => Sampled(chart, bucket, chart.Amount.Field, groups[KeyOf(bucket, chart.Group)]));
    }

    private static int Points(BandChart chart, JsonNode[] points, RecordSums records)
    {
        PanelNumbers.Equal(records.Sum(chart.Amount.Field), points.Sum(point => point["amount"]!["sum"]?.GetValue<double>() ?? 0), chart.Title);
        Assert.Equal(records.Count, points.Sum(point => point["doc_count"]!.GetValue<int>()));
        return 2;
    }

    private static int Pairs(SankeyChart chart, JsonNode answer, RecordSums records)
    {
        PanelNumbers.Equal(records.Sum(RecordField.Bytes), Value(answer["all"]), chart.Title);
        Dictionary<string, RecordSums> from = records.By(chart.From);
        int compared = 1;
        foreach (JsonNode? one in answer["from"]!["buckets"]!.AsArray())
        {
            RecordSums sender = from[KeyOf(one!, chart.From)];
            Dictionary<string, RecordSums> to = sender.By(chart.To);
            JsonArray others = one!["to"]!["buckets"]!.AsArray();
            Assert.Equal(Math.Min(chart.To.Size, to.Count), others.Count);
            foreach (JsonNode? other in others) PanelNumbers.Equal(to[KeyOf(other!, chart.To)].Sum(RecordField.Bytes), Value(other!["amount"]), $"{chart.Title}: {one["key"]} to {other!["key"]}");
            compared += others.Count;
        }
        return compared;
    }

    private static int Places(MapChart chart, JsonNode[] places, RecordSums records)
    {
        PanelNumbers.Equal(records.With(RecordField.Place).Sum(chart.Amount.Field), places.Sum(place => Value(place["amount"])), chart.Title);
        Assert.Equal(records.By(new Group("", RecordField.City)).Keys.Order(StringComparer.Ordinal),
            places.Select(place => place["city"]!["buckets"]![0]!["key"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        return 1 + places.Length;
    }

    /// <summary>A sum, and what its error is computed from.</summary>
    private static int Sampled(VegaPanel panel, JsonNode bucket, string field, RecordSums records)
    {
        string what = $"{panel.Title}: {bucket["key"]}";
        PanelNumbers.Equal(records.Sum(field), bucket["amount"]!["sum"]!.GetValue<double>(), what);
        PanelNumbers.Equal(records.SumOfSquares(field), bucket["amount"]!["sum_of_squares"]!.GetValue<double>(), $"{what}, squares");
        PanelNumbers.Equal(records.Count, bucket["doc_count"]!.GetValue<double>(), $"{what}, samples");
        PanelNumbers.Equal(records.Of(Measure.Largest("", RecordField.Rate)), Value(bucket["rate"]), $"{what}, rate");
        RecordSums combined = records.With("sflow.rollup.samples");
        PanelNumbers.Equal(combined.Sum("sflow.rollup.samples"), Value(bucket["combined"]!["samples"]), $"{what}, combined samples");
        PanelNumbers.Equal(combined.Sum("sflow.rollup.bytes_variance"), Value(bucket["combined"]!["variance"]), $"{what}, combined variance");
        return 6;
    }

    private static string KeyOf(JsonNode bucket, Group group) => PanelNumbers.Key(bucket["key"], group);

    private static double Value(JsonNode? metric) => metric!["value"]?.GetValue<double>() ?? 0;

    private static JsonNode[] Rows(JsonArray sets, string name) => [.. sets.Single(set => set!["name"]!.GetValue<string>() == name)!["rows"]!.AsArray().Select(row => row!)];
}
