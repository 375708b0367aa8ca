using System.Text.Json.Nodes;
using SFlow.Dashboards.Model;

namespace SFlow.Dashboards.Grafana;

/// <summary>How values are written and coloured.</summary>
internal static class GrafanaField
{
    /// <summary>Rules for all values of a panel.</summary>
    public static JsonObject Defaults(Panel panel, string colourMode)
    {
        JsonObject made = new() { ["unit"] = panel.Unit.Grafana, ["color"] = Colour(colourMode), ["noValue"] = panel.Absent };
        if (panel.Decimals is { } decimals) made["decimals"] = decimals;
        if (panel.Minimum is { } minimum) made["min"] = minimum;
        if (panel.Thresholds.Count > 0) made["thresholds"] = Thresholds(panel.Thresholds);
        if (panel.Links.Count > 0) made["links"] = Links(panel.Links);
        return made;
    }

    public static JsonObject Colour(string mode, string? fixedColour = null) =>
        fixedColour is null ? new() { ["mode"] = mode } : new() { ["mode"] = mode, ["fixedColor"] = fixedColour };

    public static JsonObject Thresholds(IEnumerable<Threshold> thresholds, string mode = "absolute") => new()
    {
        ["mode"] = mode,
        ["steps"] = new JsonArray([.. thresholds.Select(step => new JsonObject { ["color"] = step.Colour, ["value"] = step.From })]),
    };

    public static JsonArray Links(IEnumerable<DataLink> links) =>
        new([.. links.Select(link => new JsonObject { ["title"] = link.Title, ["url"] = link.Url, ["targetBlank"] = !link.Url.StartsWith('/') })]);

    /// <summary>Rules for the values of one name.</summary>
    public static JsonObject Override(string name, params (string Id, JsonNode Value)[] properties) => new()
    {
        ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = name },
        ["properties"] = new JsonArray([.. properties.Select(property => new JsonObject { ["id"] = property.Id, ["value"] = property.Value })]),
    };
}
