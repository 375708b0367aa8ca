using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>Shares of groups, from the inner ring to the outer one.</summary>
internal sealed record DonutPanel(string Title, string Description, Measure Measure, params Group[] Rings) : KibanaPanel(Title, Description)
{
    protected override string Kind => "pie";

    protected override JsonArray Aggregations() => new([Measure.Aggregation(1), .. Rings.Select((ring, index) => ring.Terms(index + 2, "segment", "1"))]);

    protected override JsonObject Parameters() => new()
    {
        ["type"] = "pie",
        ["addTooltip"] = true,
        ["addLegend"] = true,
        ["legendPosition"] = "right",
        ["isDonut"] = true,
        ["labels"] = new JsonObject { ["show"] = false, ["values"] = true, ["last_level"] = true, ["truncate"] = 60 },
    };
}
