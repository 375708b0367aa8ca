using System.Diagnostics;
using System.Text.Json;
using SFlow.Dashboards.Definitions;
using SFlow.Dashboards.Model;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>Every dashboard drawn from real data, light and dark: no error, no empty panel. SFLOW_SCREENSHOTS names a folder that keeps the pictures.</summary>
public sealed class DrawingTests(LabLoad load) : IClassFixture<LabLoad>
{
    public static TheoryData<string, string> Pictures
    {
        get
        {
            TheoryData<string, string> pictures = [];
            foreach (Dashboard dashboard in AllDashboards.List)
                foreach (string theme in (string[])["light", "dark"]) pictures.Add(dashboard.Name, theme);
            return pictures;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_drawn_dashboard_has_no_error_and_no_empty_panel(string name, string theme)
    {
        string shot = SharedFolder.Require("services", "dashboard-view", "shot");
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("needs /usr/bin/chromium (apt-get install -y chromium)");
        Dashboard dashboard = AllDashboards.List.Single(dashboard => dashboard.Name == name);
        string folder = Environment.GetEnvironmentVariable("SFLOW_SCREENSHOTS") ?? Directory.CreateTempSubdirectory("sflow-dashboard-").FullName;
        using Process view = Process.Start(new ProcessStartInfo(shot)
        {
            ArgumentList =
            {
                "--dashboards", Path.Combine(SharedFolder.Repository, "grafana", "dashboards", $"{name}.json"), "--prometheus", load.Prometheus.Address.ToString().TrimEnd('/'),
                "--out", Path.Combine(folder, $"{name}-{theme}.png"), "--from", "now-2m", "--scrape-interval", "1s", "--theme", theme,
            },
            RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        using JsonDocument report = JsonDocument.Parse(await view.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await view.WaitForExitAsync(TestContext.Current.CancellationToken);

        foreach (string list in (string[])["errors", "empty", "emptyQueries"]) Assert.Equal([], Entries(report, list));
        // The view has no graph of nodes.
        Assert.Equal(dashboard.Panels.Where(panel => panel.Kind == PanelKind.NodeGraph).Select(panel => $"{panel.Title}: panel type \"nodeGraph\""), Entries(report, "unknown"));
        Assert.Equal(dashboard.Panels.Count(), report.RootElement.GetProperty("panels").GetInt32());
    }

    private static IEnumerable<string> Entries(JsonDocument report, string list) => report.RootElement.GetProperty(list).EnumerateArray().Select(entry => entry.ToString());
}
