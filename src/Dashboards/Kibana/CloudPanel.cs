using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>Words, the larger the more.</summary>
internal sealed record CloudPanel(string Title, string Description, Measure Measure, Group Words) : KibanaPanel(Title, Description)
{
    protected override string Kind => "tagcloud";

    protected override JsonArray Aggregations() => [Measure.Aggregation(1), Words.Terms(2, "segment", "1")];

    protected override JsonObject Parameters() => new() { ["scale"] = "log", ["orientation"] = "single", ["minFontSize"] = 14, ["maxFontSize"] = 40, ["showLabel"] = false };
}
