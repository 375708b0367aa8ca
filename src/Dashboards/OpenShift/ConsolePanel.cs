using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.OpenShift;

/// <summary>A panel as graph, single number or table.</summary>
internal static class ConsolePanel
{
    public static JsonNode Of(Panel panel, int id, Func<string, string> fill)
    {
        JsonObject made = new()
        {
            ["id"] = id,
            ["title"] = panel.Title,
            ["description"] = panel.Description,
            ["datasource"] = "prometheus",
            // The console's page has 12 columns.
            ["span"] = panel.Width / 2,
        };
        if (panel.Columns.Count > 0) Table(made, panel, fill);
        else if (panel.Kind == PanelKind.Stat) Number(made, panel, fill);
        else Graph(made, panel, fill);
        return made;
    }

    private static void Graph(JsonObject made, Panel panel, Func<string, string> fill)
    {
        made["type"] = "graph";
        made["stack"] = panel.Style != ChartStyle.Lines;
        made["legend"] = new JsonObject { ["show"] = true };
        made["yaxes"] = new JsonArray(new JsonObject { ["format"] = panel.Unit.Grafana, ["min"] = panel.Minimum, ["show"] = true }, new JsonObject { ["format"] = "short", ["show"] = false });
        made["targets"] = Targets(panel.Queries.Select(query => (fill(query.Expression.Text), query.Legend)), "time_series");
    }

    private static void Number(JsonObject made, Panel panel, Func<string, string> fill)
    {
        made["type"] = "singlestat";
        made["format"] = panel.Unit.Grafana;
        made["valueName"] = "current";
        made["nullText"] = panel.Absent;
        if (panel.Decimals is { } decimals) made["decimals"] = decimals;
        made["targets"] = Targets(panel.Queries.Select(query => (fill(query.Expression.Text), query.Legend)), "time_series");
    }

    private static void Table(JsonObject made, Panel panel, Func<string, string> fill)
    {
        Column[] values = [.. panel.Columns.Where(column => column.Query is not null)];
        JsonArray styles = [new JsonObject { ["pattern"] = "Time", ["type"] = "hidden", ["alias"] = "Time" }];
        foreach (Column column in panel.Columns)
        {
            JsonObject style = new() { ["pattern"] = column.Label ?? (values.Length == 1 ? "Value" : $"Value #{(char)('A' + Array.IndexOf(values, column))}"), ["alias"] = column.Title };
            style["type"] = column.Query is null ? "string" : "number";
            if (column.Query is not null) (style["unit"], style["decimals"]) = (column.Unit.Grafana, column.Decimals ?? 2);
            styles.Add(style);
        }
        made["type"] = "table";
        made["transform"] = "table";
        made["styles"] = styles;
        made["targets"] = Targets(values.Select(column => (fill(column.Query!.Text), "")), "table");
    }

    private static JsonArray Targets(IEnumerable<(string Expression, string Legend)> queries, string format) => new([.. queries.Select((query, index) =>
    {
        JsonObject target = new() { ["expr"] = query.Expression, ["format"] = format, ["legendFormat"] = query.Legend, ["refId"] = ((char)('A' + index)).ToString() };
        if (format == "table") target["instant"] = true;
        return target;
    })]);
}
