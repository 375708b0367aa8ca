using System.Text.Json.Nodes;
using SFlow.Dashboards.Definitions.Kibana;
using SFlow.Dashboards.Kibana;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Every dashboard in a browser, light and dark. SFLOW_SCREENSHOTS names a folder that keeps the pictures.</summary>
public sealed class DrawingTests(OpenSearchRecords records) : IClassFixture<OpenSearchRecords>
{
    public static TheoryData<string, string> Pictures
    {
        get
        {
            TheoryData<string, string> pictures = [];
            foreach (KibanaDashboard dashboard in KibanaDashboards.List)
                foreach (string theme in (string[])["light", "dark"]) pictures.Add(dashboard.Name, theme);
            return pictures;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_dashboard_has_no_error_in_a_browser(string name, string theme)
    {
        KibanaDashboard dashboard = KibanaDashboards.List.Single(dashboard => dashboard.Name == name);
        string folder = Environment.GetEnvironmentVariable("SFLOW_SCREENSHOTS") ?? Directory.CreateTempSubdirectory("sflow-kibana-").FullName;
        JsonObject report = await KibanaView.DrawAsync(records, dashboard, theme, Path.Combine(folder, $"kibana-{name}-{theme}.png"));
        Reports.AreClean(report, [.. dashboard.Panels.Select(panel => panel.Title).Where(title => title.StartsWith("User-defined networks", StringComparison.Ordinal))]);
        Assert.Equal(dashboard.Panels.Count(), report["panels"]!.GetValue<int>());
    }
}
