using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.Grafana;

/// <summary>A dashboard as an object of the Grafana operator (grafana.integreatly.org/v1beta1). Grafana instances with the label <c>dashboards=grafana</c> take it.</summary>
internal static class GrafanaResource
{
    public static JsonObject Of(Dashboard dashboard) => new()
    {
        ["apiVersion"] = "grafana.integreatly.org/v1beta1",
        ["kind"] = "GrafanaDashboard",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"sflow-{dashboard.Name}",
            ["labels"] = new JsonObject { ["app.kubernetes.io/part-of"] = "sflow-exporter" },
        },
        ["spec"] = new JsonObject
        {
            ["allowCrossNamespaceImport"] = true,
            ["instanceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["dashboards"] = "grafana" } },
            ["folder"] = "sFlow",
            ["json"] = JsonText.Of(GrafanaDashboard.Of(dashboard)),
        },
    };
}
