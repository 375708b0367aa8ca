using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>Panels of who with whom: a coloured matrix, and a graph of nodes and edges.</summary>
internal static class GrafanaMatrix
{
    /// <summary>Shares of the largest value. Small ones have the colour of the page, so that the large ones are seen.</summary>
    private static readonly Threshold[] shades = [new("transparent"), new("super-light-blue", 2), new("light-blue", 10), new("blue", 30), new("dark-blue", 70)];

    /// <summary>The heatmap panel needs time or numbers on its axes, so a matrix of names is a table with coloured cells.</summary>
    public static void AddMatrix(JsonObject made, Panel panel)
    {
        (string rows, string columns, string expression) = Parts(panel);
        JsonObject defaults = GrafanaField.Defaults(panel with { Absent = "" }, "thresholds");
        defaults["custom"] = new JsonObject
        {
            ["align"] = "right",
            ["inspect"] = false,
            ["filterable"] = false,
            ["cellOptions"] = new JsonObject { ["type"] = "color-background", ["mode"] = "basic", ["applyToRow"] = false },
        };
        defaults["thresholds"] = GrafanaField.Thresholds(shades, "percentage");
        string corner = $"{rows}\\{columns}";
        made["fieldConfig"] = new JsonObject
        {
            ["defaults"] = defaults,
            ["overrides"] = new JsonArray(GrafanaField.Override(corner,
                ("custom.cellOptions", new JsonObject { ["type"] = "auto" }), ("custom.align", "left"), ("displayName", "from \\ to"))),
        };
        made["options"] = GrafanaTable.Options(null);
        made["transformations"] = new JsonArray(GrafanaTable.Step("groupingToMatrix", new JsonObject
        {
            ["rowField"] = rows, ["columnField"] = columns, ["valueField"] = "Value", ["emptyValue"] = "null",
        }));
        made["targets"] = new JsonArray(GrafanaPanel.Target(0, expression, "__auto", instant: true, table: true));
    }

    /// <summary>The graph reads the fields id, source, target and mainstat of its edges, and makes the nodes from them.</summary>
    public static void AddGraph(JsonObject made, Panel panel)
    {
        (string rows, string columns, string expression) = Parts(panel);
        made["fieldConfig"] = new JsonObject { ["defaults"] = GrafanaField.Defaults(panel with { Minimum = null }, "palette-classic"), ["overrides"] = new JsonArray() };
        made["options"] = new JsonObject
        {
            ["nodes"] = new JsonObject(),
            ["edges"] = new JsonObject { ["mainStatUnit"] = panel.Unit.Grafana },
        };
        made["transformations"] = new JsonArray(GrafanaTable.Step("organize", new JsonObject
        {
            ["excludeByName"] = new JsonObject { ["Time"] = true },
            ["indexByName"] = new JsonObject { ["id"] = 0, [rows] = 1, [columns] = 2, ["Value"] = 3 },
            ["renameByName"] = new JsonObject { [rows] = "source", [columns] = "target", ["Value"] = "mainstat" },
        }));
        made["targets"] = new JsonArray(GrafanaPanel.Target(0, expression, "__auto", instant: true, table: true));
    }

    private static (string Rows, string Columns, string Expression) Parts(Panel panel) =>
        (panel.Columns[0].Label!, panel.Columns[1].Label!, panel.Columns[2].Query!.Text);
}
