using System.Globalization;
using SFlow.Dashboards.Definitions;
using SFlow.Dashboards.Model;
using SFlow.Dashboards.Rules;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>Every expression against a real Prometheus that scraped the program under the lab's captures; the main ones return the known values.</summary>
public sealed class ExpressionTests(LabLoad load, ITestOutputHelper output) : IClassFixture<LabLoad>
{
    /// <summary>Panels without data under this load, each with its reason.</summary>
    private static readonly Dictionary<string, string> empty = [];

    /// <summary>Alerts whose condition is true under this load, each with its reason. None fires: each waits for minutes.</summary>
    private static readonly Dictionary<string, string> pending = new()
    {
        ["SFlowDatagramsLost"] = "the lab did not record the few datagrams between two captures",
    };

    [Fact]
    public async Task Every_panel_has_data()
    {
        int asked = 0;
        foreach (Dashboard dashboard in AllDashboards.List)
        {
            foreach (Panel panel in dashboard.Panels)
            {
                foreach (string expression in panel.Queries.Select(query => query.Expression.Text).Concat(panel.Columns.Where(column => column.Query is not null).Select(column => column.Query!.Text)))
                {
                    IReadOnlyList<PrometheusValue> answer = await AskAsync(Filled.In(dashboard, expression));
                    bool isListed = empty.ContainsKey($"{dashboard.Name}: {panel.Title}");
                    Assert.True(answer.Any(value => double.IsFinite(value.Value)) != isListed, $"{dashboard.Name}: {panel.Title}: {answer.Count} series for {expression}");
                    asked++;
                }
            }
        }
        output.WriteLine($"{asked} expressions of {AllDashboards.List.Count} dashboards");
    }

    [Fact]
    public async Task Every_variable_has_values()
    {
        foreach (Dashboard dashboard in AllDashboards.List)
        {
            foreach (Variable variable in dashboard.AllVariables.Where(variable => variable.Kind == VariableKind.Labels))
            {
                IReadOnlyList<PrometheusValue> answer = await AskAsync(Filled.In(dashboard, variable.Series));
                Assert.Contains(answer, value => value.Labels.ContainsKey(variable.Label));
            }
        }
    }

    [Fact]
    public async Task Every_recording_rule_records_and_no_alert_fires_in_a_healthy_system()
    {
        foreach (Rule rule in AllRules.Rules)
        {
            IReadOnlyList<PrometheusValue> answer = await AskAsync(rule.Expression.Text);
            if (rule is Recording) Assert.NotEmpty(answer);
            else Assert.True(answer.Count > 0 == pending.ContainsKey(rule.Name), $"{rule.Name}: {answer.Count}");
            if (rule is Recording) Assert.NotEmpty(await AskAsync(rule.Name));
        }
    }

    [Theory]
    [InlineData("overview", "Traffic", "source")]
    [InlineData("namespace", "Sent", "namespace")]
    public async Task The_traffic_of_pods_is_what_the_pods_sent(string dashboard, string panel, string variable)
    {
        double bytes = await ValueAsync(dashboard, panel, (variable, "[^@_].*"));
        Assert.Equal(load.Sent.Bytes, bytes * RangeSeconds, load.Sent.Bytes * 1e-9);
        output.WriteLine($"{bytes * RangeSeconds} bytes of {load.Sent.Bytes}");
    }

    [Fact]
    public async Task Packets_are_those_that_the_pods_sent() =>
        Assert.Equal(load.Sent.Packets, await ValueAsync("overview", "Packets", ("source", "[^@_].*")) * RangeSeconds, load.Sent.Packets * 1e-9);

    /// <summary>Packets to a Service's address count to the Service's namespace, which the truth, by addresses of pods, does not know: only at least.</summary>
    [Fact]
    public async Task Each_pair_of_namespaces_has_what_its_pods_sent()
    {
        Dashboard overview = AllDashboards.List.Single(dashboard => dashboard.Name == "overview");
        string expression = overview.Panels.Single(panel => panel.Title == "Namespace pairs").Columns.First(column => column.Query is not null).Query!.Text;
        Dictionary<string, double> shown = (await AskAsync(Filled.In(overview, expression)))
            .ToDictionary(value => $"{value.Labels["source_namespace"]} > {value.Labels["destination_namespace"]}", value => value.Value * RangeSeconds);
        Assert.True(load.Between.Count > 5);
        Assert.All(load.Between, pair => Assert.True(shown[pair.Key] >= pair.Value.Bytes * (1 - 1e-9), $"{pair.Key}: {shown[pair.Key]} of {pair.Value.Bytes}"));
    }

    [Fact]
    public async Task At_a_sampling_rate_of_1_the_error_is_zero() => Assert.Equal(0, await ValueAsync("overview", "± Error"));

    [Fact]
    public async Task Calibration_against_exact_counters_is_exact() => Assert.Equal(1, await ColumnAsync("nodes", "Calibration by agent", "Ratio"));

    [Fact]
    public async Task Downloads_have_a_lower_bound() =>
        Assert.True(await ValueAsync("external", "Downloads, at least") * RangeSeconds > 100_000);

    private static double RangeSeconds => double.Parse(LabLoad.Range[..^1], CultureInfo.InvariantCulture) * 60;

    private async Task<double> ValueAsync(string name, string title, params (string, string)[] chosen)
    {
        Dashboard dashboard = AllDashboards.List.Single(dashboard => dashboard.Name == name);
        Panel panel = dashboard.Panels.First(panel => panel.Title == title);
        return Assert.Single(await AskAsync(Filled.In(dashboard, panel.Queries[0].Expression.Text, chosen))).Value;
    }

    /// <summary>The value that all rows of a column have.</summary>
    private async Task<double> ColumnAsync(string name, string title, string column)
    {
        Dashboard dashboard = AllDashboards.List.Single(dashboard => dashboard.Name == name);
        string expression = dashboard.Panels.Single(panel => panel.Title == title).Columns.Single(shown => shown.Title == column).Query!.Text;
        return Assert.Single((await AskAsync(Filled.In(dashboard, expression))).Select(value => value.Value).Distinct());
    }

    private Task<IReadOnlyList<PrometheusValue>> AskAsync(string expression) => load.Prometheus.QueryAsync(expression, load.Moment);
}
