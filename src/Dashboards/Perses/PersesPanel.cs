using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Perses;

/// <summary>A panel by Perses' own plugins. A graph of nodes, and rows of colour over time, have no plugin that every Perses has.</summary>
internal static class PersesPanel
{
    public static bool IsKnown(Panel panel) => panel.Kind is not (PanelKind.NodeGraph or PanelKind.Heatmap);

    public static JsonObject Of(Panel panel)
    {
        (string plugin, JsonObject spec) = panel.Kind switch
        {
            PanelKind.TimeSeries => ("TimeSeriesChart", Chart(panel)),
            PanelKind.Stat => ("StatChart", Stat(panel)),
            PanelKind.BarGauge => ("BarChart", Bars(panel)),
            _ => ("Table", Table(panel)),
        };
        return new JsonObject
        {
            ["kind"] = "Panel",
            ["spec"] = new JsonObject
            {
                ["display"] = new JsonObject { ["name"] = panel.Title, ["description"] = panel.Description },
                ["plugin"] = new JsonObject { ["kind"] = plugin, ["spec"] = spec },
                ["queries"] = new JsonArray([.. Queries(panel)]),
            },
        };
    }

    private static IEnumerable<JsonNode> Queries(Panel panel) => panel.Columns.Count > 0
        ? panel.Columns.Where(column => column.Query is not null).Select(column => Query(column.Query!.Text, null))
        : panel.Queries.Select(query => Query(query.Expression.Text, query.Legend));

    private static JsonObject Query(string expression, string? legend)
    {
        JsonObject spec = new() { ["query"] = expression };
        if (legend is not null) spec["seriesNameFormat"] = legend;
        return new JsonObject { ["kind"] = "TimeSeriesQuery", ["spec"] = new JsonObject { ["plugin"] = new JsonObject { ["kind"] = "PrometheusTimeSeriesQuery", ["spec"] = spec } } };
    }

    private static JsonObject Chart(Panel panel)
    {
        JsonObject visual = new() { ["display"] = "line", ["lineWidth"] = 1, ["areaOpacity"] = panel.Style == ChartStyle.Stacked ? 0.3 : 0 };
        if (panel.Style != ChartStyle.Lines) visual["stack"] = "all";
        JsonObject axis = new() { ["format"] = Format(panel.Unit, panel.Decimals) };
        if (panel.Minimum is { } minimum) axis["min"] = minimum;
        return new JsonObject { ["legend"] = new JsonObject { ["position"] = "bottom", ["mode"] = "list" }, ["yAxis"] = axis, ["visual"] = visual };
    }

    private static JsonObject Stat(Panel panel)
    {
        JsonObject spec = new() { ["calculation"] = "last-number", ["format"] = Format(panel.Unit, panel.Decimals), ["sparkline"] = new JsonObject() };
        if (panel.Thresholds.Count > 0) spec["thresholds"] = Thresholds(panel.Thresholds);
        return spec;
    }

    private static JsonObject Thresholds(IReadOnlyList<Threshold> thresholds) => new()
    {
        ["defaultColor"] = thresholds[0].Colour,
        ["steps"] = new JsonArray([.. thresholds.Skip(1).Select(step => new JsonObject { ["value"] = step.From, ["color"] = step.Colour })]),
    };

    private static JsonObject Bars(Panel panel) => new()
    {
        ["calculation"] = "last-number", ["format"] = Format(panel.Unit, panel.Decimals), ["mode"] = "value", ["sort"] = "desc",
    };

    /// <summary>A matrix is a plain table of its pairs here.</summary>
    private static JsonObject Table(Panel panel)
    {
        Column[] values = [.. panel.Columns.Where(column => column.Query is not null)];
        JsonArray columns = [new JsonObject { ["name"] = "timestamp", ["hide"] = true }];
        foreach (Column column in panel.Columns)
        {
            int index = Array.IndexOf(values, column);
            JsonObject setting = new() { ["name"] = column.Label ?? (values.Length == 1 ? "value" : $"value #{index + 1}"), ["header"] = column.Title };
            if (column.Query is not null) setting["format"] = Format(column.Unit, column.Decimals);
            if (index == 0) setting["sort"] = "desc";
            columns.Add(setting);
        }
        return new JsonObject
        {
            ["density"] = "compact",
            ["columnSettings"] = columns,
            ["transforms"] = new JsonArray(new JsonObject { ["kind"] = "MergeSeries", ["spec"] = new JsonObject() }),
        };
    }

    private static JsonObject Format(Unit unit, int? decimals)
    {
        JsonObject format = new() { ["unit"] = unit.Perses };
        if (decimals is { } places) format["decimalPlaces"] = places;
        return format;
    }
}
