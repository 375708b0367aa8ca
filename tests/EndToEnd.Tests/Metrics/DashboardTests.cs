using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Tests.Metrics;
using SFlow.Exporter.Web;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Metrics;

/// <summary>The dashboard against the catalogue, against the rules of Grafana's dashboard-linter, and against a real Prometheus.</summary>
public sealed class DashboardTests
{
    private static readonly Dashboard overview = Dashboard.Overview;

    [Fact]
    public async Task Every_expression_returns_data_on_a_Prometheus_that_scraped_us()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 200);
        await exporter.StartAsync();
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
        await GrowAsync(exporter, seconds: 8);
        await prometheus.WaitForAsync("count_over_time(up[1m])", answer => answer is [{ Value: >= 5 }]);

        foreach ((string panel, string expression) in overview.Expressions)
        {
            IReadOnlyList<PrometheusValue> answer = await prometheus.QueryAsync(Concrete(expression));
            Assert.True(answer.Any(value => double.IsFinite(value.Value)), $"{panel}: no data for {expression}");
        }
        foreach (string query in overview.Variables.Where(variable => Dashboard.Text(variable, "type") == "query").Select(variable => Dashboard.Text(variable, "definition")))
        {
            Match values = Regex.Match(query, @"^label_values\((?<selector>.+), (?<label>\w+)\)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
            IReadOnlyList<PrometheusValue> answer = await prometheus.QueryAsync(Concrete(values.Groups["selector"].Value));
            Assert.Contains(answer, value => value.Labels.ContainsKey(values.Groups["label"].Value));
        }
    }

    [Fact]
    public async Task The_rendered_dashboard_has_no_error_and_no_empty_panel()
    {
        string shot = SharedFolder.Require("services", "dashboard-view", "shot");
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("needs /usr/bin/chromium (apt-get install -y chromium)");
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 200);
        await exporter.StartAsync();
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(exporter.Address);
        await GrowAsync(exporter, seconds: 40);
        string folder = Environment.GetEnvironmentVariable("SFLOW_SCREENSHOTS") ?? Directory.CreateTempSubdirectory("sflow-dashboard-").FullName;
        string file = Path.Combine(SharedFolder.Repository, "grafana", "dashboards", "overview.json");
        using Process view = Process.Start(new ProcessStartInfo(shot)
        {
            ArgumentList =
            {
                "--dashboards", file, "--prometheus", prometheus.Address.ToString().TrimEnd('/'), "--out", Path.Combine(folder, "dashboard.png"),
                "--from", "now-30s", "--scrape-interval", "1s", "--theme", "light",
            },
            RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        using JsonDocument report = JsonDocument.Parse(await view.StandardOutput.ReadToEndAsync());
        await view.WaitForExitAsync();

        foreach (string list in (string[])["errors", "empty", "emptyQueries", "unknown"])
            Assert.Equal([], report.RootElement.GetProperty(list).EnumerateArray().Select(entry => entry.ToString()));
        Assert.Equal(overview.Panels.Length, report.RootElement.GetProperty("panels").GetInt32());
    }

    [Fact]
    public void Every_metric_and_label_is_in_the_catalogue()
    {
        Dictionary<string, MetricDefinition> catalogue = MetricCatalogue.All(FakeFamily.All()).ToDictionary(metric => metric.Name);
        IEnumerable<string> queries = overview.Expressions.Select(query => query.Expression)
            .Concat(overview.Variables.Where(variable => variable.TryGetProperty("definition", out _)).Select(variable => Dashboard.Text(variable, "definition")));
        foreach (string query in queries)
        {
            string[] metrics = [.. Regex.Matches(query, @"\b(sflow|process|dotnet)_\w+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking).Select(match => match.Value)];
            Assert.All(metrics, metric => Assert.Contains(metric, catalogue.Keys));
            foreach (Match selector in Regex.Matches(query, @"(?<metric>sflow_\w+)\{(?<matchers>[^}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking))
                foreach (Match label in Regex.Matches(selector.Groups["matchers"].Value, "(?<label>[a-z_]+) ?(=|!)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking))
                    Assert.Contains(label.Groups["label"].Value, Known(selector.Groups["metric"].Value));
            foreach (Match by in Regex.Matches(query, @"by \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking))
                Assert.All(by.Groups["labels"].Value.Split(", "), label => Assert.All(metrics, metric => Assert.Contains(label, Known(metric))));
        }

        string[] Known(string metric) => [.. catalogue[metric].Labels, "job", "instance"];
    }

    [Fact]
    public void Targets_keep_the_linter_rules()
    {
        HashSet<string> counters = [.. MetricCatalogue.All(FakeFamily.All()).Where(metric => metric.Type == MetricType.Counter).Select(metric => metric.Name)];
        foreach ((string panel, string expression) in overview.Expressions)
        {
            foreach (Match selector in Regex.Matches(expression, @"(?<before>\w*)\(?(?<metric>sflow_\w+)(?<matchers>\{[^}]*\})?(?<range>\[[^\]]*\])?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking))
            {
                string matchers = selector.Groups["matchers"].Value, range = selector.Groups["range"].Value;
                Assert.True(matchers.Contains("job=~\"$job\"", StringComparison.Ordinal), $"target-job-rule: {panel}");
                Assert.True(matchers.Contains("instance=~\"$instance\"", StringComparison.Ordinal), $"target-instance-rule: {panel}");
                bool counted = selector.Groups["before"].Value is "rate" or "increase";
                Assert.True(counted == counters.Contains(selector.Groups["metric"].Value), $"target-counter-agg-rule: {panel}: {selector.Value}");
                Assert.True(range is "" or "[$__rate_interval]" or "[$__range]", $"target-rate-interval-rule: {panel}: {range}");
            }
        }
    }

    [Fact]
    public void Panels_and_templates_keep_the_linter_rules()
    {
        string[] types = ["timeseries", "stat", "table", "bargauge"];
        foreach (JsonElement panel in overview.Panels)
        {
            Assert.Contains(Dashboard.Text(panel, "type"), types);
            Assert.NotEmpty(Dashboard.Text(panel, "title"));
            Assert.NotEmpty(Dashboard.Text(panel, "description"));
            Assert.NotEmpty(Dashboard.Text(panel.GetProperty("fieldConfig").GetProperty("defaults"), "unit"));
            Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
            Assert.Equal("${datasource}", Dashboard.Text(panel.GetProperty("datasource"), "uid"));
            Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.Equal("${datasource}", Dashboard.Text(target.GetProperty("datasource"), "uid")));
        }
        JsonElement source = overview.Variables[0];
        Assert.Equal(("datasource", "Data source", "datasource", "prometheus"), (Dashboard.Text(source, "name"), Dashboard.Text(source, "label"), Dashboard.Text(source, "type"), Dashboard.Text(source, "query")));
        Assert.All(overview.Variables[1..], variable =>
        {
            Assert.Equal(2, variable.GetProperty("refresh").GetInt32());
            Assert.True(variable.GetProperty("multi").GetBoolean() && variable.GetProperty("includeAll").GetBoolean());
            Assert.Equal(".+", Dashboard.Text(variable, "allValue"));
        });
        Assert.Equal(["job", "instance"], overview.Variables[1..3].Select(variable => Dashboard.Text(variable, "name")));
    }

    [Fact]
    public void The_dashboard_is_fixed_found_by_its_name_and_importable_everywhere()
    {
        JsonElement root = overview.Root;
        Assert.Matches("^[a-zA-Z0-9_-]{1,40}$", Dashboard.Text(root, "uid"));
        Assert.Equal((39, 1, false), (root.GetProperty("schemaVersion").GetInt32(), root.GetProperty("version").GetInt32(), root.GetProperty("editable").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("id").ValueKind);
        Assert.False(root.TryGetProperty("__inputs", out _) || root.TryGetProperty("__requires", out _));
        Assert.Equal("sflow", root.GetProperty("tags")[0].GetString());
    }

    private static async Task GrowAsync(FakeExporter exporter, int seconds)
    {
        Random random = new(4);
        for (int tick = 0; tick < seconds; tick++)
        {
            await Task.Delay(1_000);
            SampleTraffic.Grow(exporter, random);
        }
    }

    private static string Concrete(string expression) => expression
        .Replace("$__rate_interval", "10s", StringComparison.Ordinal).Replace("$__range", "30s", StringComparison.Ordinal)
        .Replace("$job", ".+", StringComparison.Ordinal).Replace("$instance", ".+", StringComparison.Ordinal)
        .Replace("$source", ".+", StringComparison.Ordinal).Replace("$destination", ".+", StringComparison.Ordinal);
}
