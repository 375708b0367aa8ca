using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>One group from top to bottom, the other one from left to right, coloured by the measure.</summary>
internal sealed record MatrixPanel(string Title, string Description, Measure Measure, Group Rows, Group Columns) : KibanaPanel(Title, Description)
{
    protected override string Kind => "heatmap";

    protected override JsonArray Aggregations() => [Measure.Aggregation(1), Columns.Terms(2, "segment", "1"), Rows.Terms(3, "group", "1")];

    protected override JsonObject Parameters() => new()
    {
        ["type"] = "heatmap",
        ["addTooltip"] = true,
        ["addLegend"] = true,
        ["enableHover"] = false,
        ["legendPosition"] = "right",
        ["times"] = new JsonArray(),
        ["colorsNumber"] = 6,
        ["colorSchema"] = "Blues",
        ["setColorRange"] = false,
        ["colorsRange"] = new JsonArray(),
        ["invertColors"] = false,
        ["percentageMode"] = false,
        ["valueAxes"] = new JsonArray(new JsonObject
        {
            ["show"] = false,
            ["id"] = "ValueAxis-1",
            ["type"] = "value",
            ["scale"] = new JsonObject { ["type"] = "linear", ["defaultYExtents"] = false },
            ["labels"] = new JsonObject { ["show"] = false, ["rotate"] = 0, ["overwriteColor"] = false, ["color"] = "black" },
        }),
    };
}
