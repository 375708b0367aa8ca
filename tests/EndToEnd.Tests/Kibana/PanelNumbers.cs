using System.Text.Json;
using System.Text.Json.Nodes;
using SFlow.Dashboards.Kibana;
using SFlow.Dashboards.Kibana.Vega;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Compares what a panel shows with the sums over the same records.</summary>
internal static class PanelNumbers
{
    /// <summary>Up to so many different values, search engines count nearly exactly.</summary>
    private const int ExactCardinality = 2_000;

    /// <returns>How many numbers were compared.</returns>
    public static int Compare(KibanaPanel panel, JsonNode shown, RecordSums all)
    {
        RecordSums records = all.Of(panel);
        return panel switch
        {
            NumbersPanel numbers => Row(panel, numbers.Measures, Rows(shown).Single(), 0, records),
            TablePanel table => Grouped(panel, table.Groups, table.Measures, Rows(shown), records),
            DonutPanel donut => Grouped(panel, donut.Rings, [donut.Measure], Rows(shown), records),
            CloudPanel cloud => Grouped(panel, [cloud.Words], [cloud.Measure], Rows(shown), records),
            MatrixPanel matrix => Grouped(panel, [matrix.Columns, matrix.Rows], [matrix.Measure], Rows(shown), records),
            RecordsPanel => Found(panel, Rows(shown), records),
            VegaPanel vega => VegaNumbers.Compare(vega, shown["sets"]!.AsArray(), records),
            TextPanel or ControlsPanel => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(panel), panel.GetType().Name, "nothing is compared for this kind of panel"),
        };
    }

    /// <summary>A key as the records have it: numbers and truth values as text, the word of missing ones instead of their label.</summary>
    public static string Key(JsonNode? key, Group group) => key switch
    {
        null => RecordSums.Missing,
        _ when key.GetValueKind() != JsonValueKind.String => key.ToJsonString(),
        _ => key.GetValue<string>() is { } text && text == group.Absent ? RecordSums.Missing : key.GetValue<string>(),
    };

    public static void Equal(double expected, double shown, string what, double tolerance = 1e-9) =>
        Assert.True(Math.Abs(expected - shown) <= Math.Abs(expected) * tolerance, $"{what}: {shown} is shown, {expected} is right");

    /// <summary>Every row has the right numbers; and no group is left out, unless its level is full.</summary>
    private static int Grouped(KibanaPanel panel, Group[] groups, Measure[] measures, JsonArray[] rows, RecordSums records)
    {
        Assert.NotEmpty(rows);
        int compared = 0;
        foreach (JsonArray row in rows.Where(row => !row.Take(groups.Length).Any(key => key?.ToString() == "__other__")))
        {
            RecordSums of = records;
            for (int level = 0; level < groups.Length; level++) of = of.By(groups[level])[Key(row[level], groups[level])];
            compared += Row(panel, measures, row, groups.Length, of);
        }
        Dictionary<string, RecordSums> first = records.By(groups[0]);
        int shown = rows.Select(row => Key(row[0], groups[0])).Where(key => key != "__other__").Distinct().Count();
        if (groups.Length == 1 || groups[1..].All(group => group.Absent is not null)) Assert.Equal(Math.Min(groups[0].Size, first.Count), shown);
        return compared;
    }

    private static int Row(KibanaPanel panel, Measure[] measures, JsonArray row, int offset, RecordSums of)
    {
        for (int i = 0; i < measures.Length; i++)
        {
            double expected = of.Of(measures[i]);
            double tolerance = measures[i].Function == "cardinality" && expected > ExactCardinality ? 0.02 : 1e-9;
            Equal(expected, row[offset + i]!.GetValue<double>(), $"{panel.Title}: {measures[i].Title} of {row.ToJsonString()}", tolerance);
        }
        return measures.Length;
    }

    private static int Found(KibanaPanel panel, JsonArray[] rows, RecordSums records)
    {
        Assert.Equal(Math.Min(50, records.Count), rows.Length);
        Assert.NotNull(panel.Description);
        return rows.Length;
    }

    private static JsonArray[] Rows(JsonNode shown) => [.. shown["rows"]!.AsArray().Select(row => row!.AsArray())];
}
