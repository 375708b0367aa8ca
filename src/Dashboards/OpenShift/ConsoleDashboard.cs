using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.OpenShift;

/// <summary>
/// A dashboard of the OpenShift console: a ConfigMap with the panel types of Grafana before version 7, the only ones that the console shows. It has no
/// links, no bands and no free texts as variables; those have their first value.
/// </summary>
internal static class ConsoleDashboard
{
    public static JsonObject Of(Dashboard dashboard) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"sflow-{dashboard.Name}",
            ["namespace"] = "openshift-config-managed",
            ["labels"] = new JsonObject { ["console.openshift.io/dashboard"] = "true", ["app.kubernetes.io/part-of"] = "sflow-exporter" },
        },
        ["data"] = new JsonObject { [$"sflow-{dashboard.Name}.json"] = JsonText.Of(Content(dashboard)) },
    };

    /// <summary>The dashboard inside the ConfigMap.</summary>
    public static JsonObject Content(Dashboard dashboard)
    {
        JsonArray rows = [];
        int id = 1;
        foreach (Row row in dashboard.Rows)
        {
            JsonArray panels = [.. row.Panels.Where(panel => panel.Kind != PanelKind.NodeGraph).Select(panel => ConsolePanel.Of(panel, id++, text => Fill(dashboard, text)))];
            rows.Add(new JsonObject { ["collapse"] = false, ["title"] = row.Title, ["showTitle"] = row.Title.Length > 0, ["panels"] = panels });
        }
        return new JsonObject
        {
            ["title"] = $"sFlow / {dashboard.Title}",
            ["uid"] = $"sflow-{dashboard.Name}",
            ["tags"] = new JsonArray("sflow"),
            ["schemaVersion"] = 14,
            ["version"] = 1,
            ["editable"] = false,
            ["refresh"] = "1m",
            ["time"] = new JsonObject { ["from"] = $"now-{dashboard.Range}", ["to"] = "now" },
            ["templating"] = new JsonObject { ["list"] = new JsonArray([.. dashboard.AllVariables.Where(variable => variable.Kind == VariableKind.Labels).Select(Variable)]) },
            ["rows"] = rows,
        };
    }

    /// <summary>The first value in place of each variable that the console does not have.</summary>
    private static string Fill(Dashboard dashboard, string text) => dashboard.Variables.Where(variable => variable.Kind is VariableKind.Choice or VariableKind.Text)
        .Aggregate(text, (filled, variable) => filled.Replace($"${variable.Name}", variable.Value, StringComparison.Ordinal));

    private static JsonNode Variable(Variable variable) => new JsonObject
    {
        ["name"] = variable.Name,
        ["label"] = variable.Title,
        ["type"] = "query",
        ["query"] = $"label_values({variable.Series}, {variable.Label})",
        ["includeAll"] = true,
        ["allValue"] = variable.Pattern,
        ["multi"] = false,
        ["current"] = new JsonObject { ["text"] = "All", ["value"] = "$__all" },
        ["hide"] = 0,
        ["refresh"] = 2,
        ["sort"] = 1,
    };
}
