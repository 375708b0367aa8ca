using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>A panel of a dashboard: what all kinds have, and what each adds.</summary>
internal static class GrafanaPanel
{
    public static JsonObject Of(Placed placed, int id)
    {
        Panel panel = placed.Panel;
        JsonObject made = new()
        {
            ["id"] = id,
            ["type"] = TypeOf(panel.Kind),
            ["title"] = panel.Title,
            ["description"] = panel.Description,
            ["datasource"] = GrafanaDashboard.Datasource(),
            ["gridPos"] = new JsonObject { ["x"] = placed.Left, ["y"] = placed.Top, ["w"] = panel.Width, ["h"] = panel.Height },
        };
        switch (panel.Kind)
        {
            case PanelKind.TimeSeries: GrafanaChart.Add(made, panel); break;
            case PanelKind.Heatmap: GrafanaChart.AddHeatmap(made, panel); break;
            case PanelKind.Stat: GrafanaStat.AddStat(made, panel); break;
            case PanelKind.BarGauge: GrafanaStat.AddBars(made, panel); break;
            case PanelKind.Table: GrafanaTable.Add(made, panel); break;
            case PanelKind.Matrix: GrafanaMatrix.AddMatrix(made, panel); break;
            default: GrafanaMatrix.AddGraph(made, panel); break;
        }
        return made;
    }

    /// <summary>The queries of a chart: one value for each series at the end of the range, or one a step.</summary>
    public static JsonArray Targets(Panel panel, bool instant) =>
        new([.. panel.Queries.Select((query, index) => Target(index, query.Expression.Text, query.Legend, instant, table: false))]);

    public static JsonNode Target(int index, string expression, string legend, bool instant, bool table) => new JsonObject
    {
        ["datasource"] = GrafanaDashboard.Datasource(),
        ["editorMode"] = "code",
        ["expr"] = expression,
        ["legendFormat"] = legend,
        ["refId"] = ((char)('A' + index)).ToString(),
        ["format"] = table ? "table" : "time_series",
        ["instant"] = instant,
        ["range"] = !instant,
    };

    private static string TypeOf(PanelKind kind) => kind switch
    {
        PanelKind.TimeSeries => "timeseries",
        PanelKind.Stat => "stat",
        PanelKind.BarGauge => "bargauge",
        PanelKind.Heatmap => "heatmap",
        PanelKind.NodeGraph => "nodeGraph",
        _ => "table",
    };
}
