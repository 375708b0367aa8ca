using System.Text.Json;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>A checked-in Grafana dashboard, as far as the tests look into it.</summary>
internal sealed class Dashboard(JsonElement root)
{
    public static Dashboard Overview { get; } =
        new(JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.Repository, "grafana", "dashboards", "overview.json"))).RootElement);

    public JsonElement Root => root;
    public JsonElement[] Variables => [.. root.GetProperty("templating").GetProperty("list").EnumerateArray()];

    /// <summary>Panels that show something; rows are headings.</summary>
    public JsonElement[] Panels => [.. root.GetProperty("panels").EnumerateArray().Where(panel => Text(panel, "type") != "row")];

    public IEnumerable<(string Panel, string Expression)> Expressions =>
        Panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => (Text(panel, "title"), Text(target, "expr"))));

    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
