using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>A row for each combination of groups, the largest first by the first measure.</summary>
internal sealed record TablePanel(string Title, string Description, Group[] Groups, params Measure[] Measures) : KibanaPanel(Title, Description)
{
    protected override string Kind => "table";

    protected override JsonArray Aggregations() => new(
    [
        .. Measures.Select((measure, index) => measure.Aggregation(index + 1)),
        .. Groups.Select((group, index) => group.Terms(Measures.Length + index + 1, "bucket", "1")),
    ]);

    protected override JsonObject Parameters() => new()
    {
        ["perPage"] = 10,
        ["showPartialRows"] = false,
        ["showMetricsAtAllLevels"] = false,
        ["showTotal"] = false,
        ["totalFunc"] = "sum",
        ["percentageCol"] = "",
        ["sort"] = new JsonObject { ["columnIndex"] = Groups.Length, ["direction"] = "desc" },
    };
}
