using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>Grafana's classic dashboard, which provisioning, the operator and every version since 10 import.</summary>
internal static class GrafanaDashboard
{
    /// <summary>The schema of Grafana 10.4. Newer servers migrate it; older ones would load a higher number unmigrated.</summary>
    private const int Schema = 39;

    public static JsonObject Of(Dashboard dashboard) => new()
    {
        ["id"] = null,
        ["uid"] = $"sflow-{dashboard.Name}",
        ["title"] = $"sFlow / {dashboard.Title}",
        ["description"] = dashboard.Description,
        ["tags"] = new JsonArray("sflow"),
        ["schemaVersion"] = Schema,
        ["version"] = 1,
        ["editable"] = false,
        ["graphTooltip"] = 1,
        ["refresh"] = "1m",
        ["timezone"] = "",
        ["time"] = new JsonObject { ["from"] = $"now-{dashboard.Range}", ["to"] = "now" },
        ["links"] = new JsonArray(OtherDashboards()),
        ["annotations"] = new JsonObject { ["list"] = new JsonArray() },
        ["templating"] = new JsonObject { ["list"] = new JsonArray([.. dashboard.AllVariables.Select(GrafanaVariable.Of)]) },
        ["panels"] = new JsonArray([.. Panels(dashboard)]),
    };

    public static JsonObject Datasource() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    private static JsonObject OtherDashboards() => new()
    {
        ["type"] = "dashboards",
        ["title"] = "sFlow",
        ["tags"] = new JsonArray("sflow"),
        ["asDropdown"] = true,
        ["includeVars"] = true,
        ["keepTime"] = true,
        ["targetBlank"] = false,
        ["icon"] = "external link",
        ["tooltip"] = "",
        ["url"] = "",
    };

    private static List<JsonNode> Panels(Dashboard dashboard)
    {
        List<JsonNode> panels = [];
        int top = 0;
        foreach (Row row in dashboard.Rows)
        {
            if (row.Title.Length > 0) panels.Add(Heading(row.Title, panels.Count + 1, top++));
            foreach (Placed placed in Layout.Place(row, ref top)) panels.Add(GrafanaPanel.Of(placed, panels.Count + 1));
        }
        return panels;
    }

    private static JsonObject Heading(string title, int id, int top) => new()
    {
        ["id"] = id,
        ["type"] = "row",
        ["title"] = title,
        ["collapsed"] = false,
        ["gridPos"] = new JsonObject { ["x"] = 0, ["y"] = top, ["w"] = Layout.Columns, ["h"] = 1 },
        ["panels"] = new JsonArray(),
    };
}
