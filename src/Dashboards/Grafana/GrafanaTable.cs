using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>A table: one query a value, joined by the labels, sorted by the first value.</summary>
internal static class GrafanaTable
{
    public static void Add(JsonObject made, Panel panel)
    {
        Column[] values = [.. panel.Columns.Where(column => column.Query is not null)];
        JsonObject renamed = [], order = [];
        foreach (Column column in panel.Columns)
        {
            string field = FieldOf(column, values);
            renamed[field] = column.Title;
            order[field] = order.Count;
        }
        made["fieldConfig"] = new JsonObject
        {
            ["defaults"] = Defaults(panel),
            ["overrides"] = new JsonArray([.. panel.Columns.Select(Override).Where(rule => rule["properties"]!.AsArray().Count > 0)]),
        };
        made["options"] = Options(values[0].Title);
        made["transformations"] = new JsonArray(
            Step("merge", []),
            Step("organize", new JsonObject { ["excludeByName"] = new JsonObject { ["Time"] = true }, ["indexByName"] = order, ["renameByName"] = renamed }),
            Step("sortBy", new JsonObject { ["fields"] = new JsonObject(), ["sort"] = new JsonArray(new JsonObject { ["field"] = values[0].Title, ["desc"] = true }) }));
        made["targets"] = new JsonArray([.. values.Select((column, index) => GrafanaPanel.Target(index, column.Query!.Text, "__auto", instant: true, table: true))]);
    }

    public static JsonObject Step(string id, JsonObject options) => new() { ["id"] = id, ["options"] = options };

    public static JsonObject Options(string? sorted)
    {
        JsonObject options = new() { ["showHeader"] = true, ["cellHeight"] = "sm", ["frameIndex"] = 0, ["showTypeIcons"] = false };
        if (sorted is not null) options["sortBy"] = new JsonArray(new JsonObject { ["displayName"] = sorted, ["desc"] = true });
        return options;
    }

    private static JsonObject Defaults(Panel panel)
    {
        JsonObject defaults = GrafanaField.Defaults(panel with { Minimum = null }, "palette-classic");
        defaults["custom"] = new JsonObject { ["align"] = "auto", ["inspect"] = false, ["filterable"] = false, ["cellOptions"] = new JsonObject { ["type"] = "auto" } };
        return defaults;
    }

    /// <summary>Prometheus' name of a column: that of the label, or Value with the letter of its query if there are several.</summary>
    private static string FieldOf(Column column, Column[] values) =>
        column.Label ?? (values.Length == 1 ? "Value" : $"Value #{(char)('A' + Array.IndexOf(values, column))}");

    private static JsonNode Override(Column column)
    {
        List<(string, JsonNode)> rules = [];
        if (column.Query is not null) rules.Add(("unit", column.Unit.Grafana));
        if (column.Decimals is { } decimals) rules.Add(("decimals", decimals));
        if (column.Absent is not null) rules.Add(("noValue", column.Absent));
        if (column.Width is { } width) rules.Add(("custom.width", width));
        if (column.Links.Count > 0) rules.Add(("links", GrafanaField.Links(column.Links)));
        switch (column.Style)
        {
            case CellStyle.Bar:
                rules.Add(("custom.cellOptions", new JsonObject { ["type"] = "gauge", ["mode"] = "basic", ["valueDisplayMode"] = "text" }));
                rules.Add(("color", GrafanaField.Colour("fixed", "blue")));
                rules.Add(("min", 0));
                break;
            case CellStyle.Coloured:
                rules.Add(("custom.cellOptions", new JsonObject { ["type"] = "color-text" }));
                rules.Add(("color", GrafanaField.Colour("thresholds")));
                rules.Add(("thresholds", GrafanaField.Thresholds(column.Thresholds)));
                break;
        }
        return GrafanaField.Override(column.Title, [.. rules]);
    }
}
