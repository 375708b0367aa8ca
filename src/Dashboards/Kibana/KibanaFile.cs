using SFlow.Dashboards.Definitions.Kibana;

namespace SFlow.Dashboards.Kibana;

/// <summary>All saved objects, one a line: what is needed comes before what needs it.</summary>
internal static class KibanaFile
{
    public const string Path = "kibana/sflow.ndjson";

    public static IReadOnlyList<SavedObject> Objects()
    {
        Dictionary<string, SavedObject> panels = [];
        foreach (KibanaDashboard dashboard in KibanaDashboards.List)
        {
            foreach (KibanaPanel panel in dashboard.Panels)
            {
                SavedObject made = panel.Object(dashboard);
                if (!panels.TryAdd(made.Id, made) && panel.SharedId is null) throw new InvalidOperationException($"{dashboard.Title} has two panels named {panel.Title}");
            }
        }
        return [DataView.Object(), .. panels.Values, .. KibanaDashboards.List.Select(dashboard => dashboard.Object())];
    }

    public static string Text() => string.Concat(Objects().Select(made => made.Line() + "\n"));
}
