using System.Text.Json.Nodes;

namespace SFlow.Dashboards.Kibana;

/// <summary>Lists from which the reader chooses what all panels show. Choices stay when the reader goes to another dashboard.</summary>
internal sealed record ControlsPanel(string Title, string Description, params Group[] Choices) : KibanaPanel(Title, Description)
{
    protected override string Kind => "input_control_vis";

    protected override SearchSource? Source => null;

    protected override Reference[] OwnReferences => [.. Choices.Select((_, index) => DataView.As(NameOf(index)))];

    protected override JsonObject Parameters() => new()
    {
        ["controls"] = new JsonArray([.. Choices.Select(Control)]),
        ["updateFiltersOnChange"] = true,
        ["useTimeFilter"] = true,
        ["pinFilters"] = true,
    };

    private static JsonNode Control(Group choice, int index) => new JsonObject
    {
        ["id"] = $"sflow-{index}",
        ["indexPatternRefName"] = NameOf(index),
        ["fieldName"] = choice.Field,
        ["parent"] = "",
        ["label"] = choice.Title,
        ["type"] = "list",
        ["options"] = new JsonObject { ["type"] = "terms", ["multiselect"] = true, ["dynamicOptions"] = true, ["size"] = choice.Size, ["order"] = "desc" },
    };

    private static string NameOf(int index) => $"control_{index}_index_pattern";
}
