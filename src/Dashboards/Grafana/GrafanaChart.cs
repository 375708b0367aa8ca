using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>Panels with time from left to right.</summary>
internal static class GrafanaChart
{
    public static void Add(JsonObject made, Panel panel)
    {
        JsonObject defaults = GrafanaField.Defaults(panel, "palette-classic");
        defaults["custom"] = new JsonObject
        {
            ["drawStyle"] = "line",
            ["lineWidth"] = 1,
            ["fillOpacity"] = panel.Style == ChartStyle.Stacked ? 25 : panel.HasBand ? 0 : 10,
            ["showPoints"] = "never",
            ["spanNulls"] = false,
            ["stacking"] = new JsonObject { ["mode"] = panel.Style == ChartStyle.Lines ? "none" : "normal", ["group"] = "A" },
        };
        made["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = panel.HasBand ? Band() : new JsonArray() };
        made["options"] = new JsonObject
        {
            ["legend"] = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = true, ["calcs"] = new JsonArray() },
            ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" },
        };
        made["targets"] = GrafanaPanel.Targets(panel, instant: false);
    }

    public static void AddHeatmap(JsonObject made, Panel panel)
    {
        JsonObject defaults = GrafanaField.Defaults(panel, "continuous-blues");
        made["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() };
        made["options"] = new JsonObject
        {
            ["calculate"] = false,
            ["cellGap"] = 1,
            ["cellValues"] = new JsonObject { ["unit"] = panel.Unit.Grafana },
            ["color"] = new JsonObject { ["mode"] = "scheme", ["scheme"] = "Blues", ["fill"] = "dark-blue", ["scale"] = "exponential", ["exponent"] = 0.5, ["steps"] = 64, ["reverse"] = false },
            ["filterValues"] = new JsonObject { ["le"] = 1e-9 },
            ["exemplars"] = new JsonObject { ["color"] = "orange" },
            ["legend"] = new JsonObject { ["show"] = true },
            ["rowsFrame"] = new JsonObject { ["layout"] = "auto" },
            ["showValue"] = "never",
            ["tooltip"] = new JsonObject { ["mode"] = "single", ["yHistogram"] = false, ["showColorScale"] = false },
            ["yAxis"] = new JsonObject { ["axisPlacement"] = "left", ["reverse"] = false, ["unit"] = "none" },
        };
        made["targets"] = GrafanaPanel.Targets(panel, instant: false);
    }

    /// <summary>The limits are dashed lines above and below the estimate, so that a tooltip has their values.</summary>
    private static JsonArray Band() =>
    [
        GrafanaField.Override(Panel.Upper, ("color", GrafanaField.Colour("fixed", "blue")), ("custom.lineStyle", Dashes()), ("custom.fillOpacity", 0)),
        GrafanaField.Override(Panel.Lower, ("color", GrafanaField.Colour("fixed", "blue")), ("custom.lineStyle", Dashes()), ("custom.fillOpacity", 0)),
    ];

    private static JsonObject Dashes() => new() { ["fill"] = "dash", ["dash"] = new JsonArray(4, 4) };
}
