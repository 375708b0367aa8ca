using System.Text.Json.Nodes;
using SFlow.Dashboards.Text;

namespace SFlow.Dashboards.Kibana;

/// <summary>One dashboard of Kibana.</summary>
/// <param name="Name">Its id after "sflow-".</param>
/// <param name="Title">What the reader sees.</param>
/// <param name="Description">The question that it answers.</param>
/// <param name="Rows">Panels from left to right, and below each other where the page is full.</param>
internal sealed record KibanaDashboard(string Name, string Title, string Description, params KibanaPanel[][] Rows)
{
    private const int Columns = 48;

    public string Id => SavedObject.Prefix + Name;

    public IEnumerable<KibanaPanel> Panels => Rows.SelectMany(row => row);

    public SavedObject Object() => new(SavedObject.DashboardType, Id, new JsonObject
    {
        ["title"] = $"sFlow / {Title}",
        ["description"] = Description,
        ["hits"] = 0,
        ["version"] = 1,
        ["timeRestore"] = false,
        ["optionsJSON"] = """{"useMargins":true,"hidePanelTitles":false}""",
        ["panelsJSON"] = JsonText.Line(new JsonArray([.. Placed()])),
        ["kibanaSavedObjectMeta"] = SearchSource.Empty(),
    }, [.. Panels.Select((panel, index) => new Reference($"panel_{index}", panel.ObjectType, panel.IdIn(this)))]);

    private IEnumerable<JsonNode> Placed()
    {
        int index = 0, top = 0;
        foreach (KibanaPanel[] row in Rows)
        {
            int left = 0, height = 0;
            foreach (KibanaPanel panel in row)
            {
                if (left + panel.Width > Columns)
                {
                    top += height;
                    (left, height) = (0, 0);
                }
                yield return Place(panel, index++, left, top);
                left += panel.Width;
                height = Math.Max(height, panel.Height);
            }
            top += height;
        }
    }

    private static JsonObject Place(KibanaPanel panel, int index, int left, int top) => new()
    {
        ["version"] = "7.10.2",
        ["type"] = panel.ObjectType,
        ["title"] = panel.Title,
        ["gridData"] = new JsonObject { ["x"] = left, ["y"] = top, ["w"] = panel.Width, ["h"] = panel.Height, ["i"] = $"{index + 1}" },
        ["panelIndex"] = $"{index + 1}",
        ["embeddableConfig"] = panel is TextPanel or ControlsPanel ? new JsonObject { ["hidePanelTitles"] = true } : new JsonObject(),
        ["panelRefName"] = $"panel_{index}",
    };
}
