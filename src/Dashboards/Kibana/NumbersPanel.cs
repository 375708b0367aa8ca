using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>One number for each measure.</summary>
internal sealed record NumbersPanel(string Title, string Description, params Measure[] Measures) : KibanaPanel(Title, Description)
{
    protected override string Kind => "metric";

    protected override JsonArray Aggregations() => new([.. Measures.Select((measure, index) => measure.Aggregation(index + 1))]);

    protected override JsonObject Parameters() => new()
    {
        ["type"] = "metric",
        ["addTooltip"] = true,
        ["addLegend"] = false,
        ["metric"] = new JsonObject
        {
            ["percentageMode"] = false,
            ["useRanges"] = false,
            ["colorSchema"] = "Green to Red",
            ["metricColorMode"] = "None",
            ["colorsRange"] = new JsonArray(new JsonObject { ["from"] = 0, ["to"] = 10_000 }),
            ["labels"] = new JsonObject { ["show"] = true },
            ["invertColors"] = false,
            ["style"] = new JsonObject { ["bgFill"] = "#000", ["bgColor"] = false, ["labelColor"] = false, ["subText"] = "", ["fontSize"] = 28 },
        },
    };
}
