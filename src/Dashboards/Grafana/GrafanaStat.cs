using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>Panels that show the last value of each series.</summary>
internal static class GrafanaStat
{
    private static readonly Threshold[] neutral = [new("blue")];

    public static void AddStat(JsonObject made, Panel panel)
    {
        JsonObject defaults = GrafanaField.Defaults(panel with { Minimum = null }, "thresholds");
        if (panel.Thresholds.Count == 0) defaults["thresholds"] = GrafanaField.Thresholds(neutral);
        made["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() };
        made["options"] = new JsonObject
        {
            ["colorMode"] = "value",
            ["graphMode"] = "area",
            ["justifyMode"] = "auto",
            ["orientation"] = "auto",
            ["textMode"] = "value",
            ["wideLayout"] = true,
            ["showPercentChange"] = false,
            ["percentChangeColorMode"] = "standard",
            ["reduceOptions"] = LastValue(),
        };
        made["targets"] = GrafanaPanel.Targets(panel, instant: false);
    }

    public static void AddBars(JsonObject made, Panel panel)
    {
        JsonObject defaults = GrafanaField.Defaults(panel, "fixed");
        defaults["color"] = GrafanaField.Colour("fixed", "blue");
        made["fieldConfig"] = new JsonObject { ["defaults"] = defaults, ["overrides"] = new JsonArray() };
        made["options"] = new JsonObject
        {
            ["displayMode"] = "basic",
            ["orientation"] = "horizontal",
            ["showUnfilled"] = true,
            ["valueMode"] = "color",
            ["namePlacement"] = "auto",
            ["sizing"] = "auto",
            ["minVizWidth"] = 8,
            ["minVizHeight"] = 16,
            ["maxVizHeight"] = 300,
            ["legend"] = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom", ["showLegend"] = false, ["calcs"] = new JsonArray() },
            ["reduceOptions"] = LastValue(),
        };
        made["targets"] = GrafanaPanel.Targets(panel, instant: true);
    }

    private static JsonObject LastValue() => new() { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false };
}
