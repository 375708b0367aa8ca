using System.Text.RegularExpressions;
using SFlow.Dashboards.Definitions;
using SFlow.Dashboards.Model;
using SFlow.Dashboards.Queries;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Tests.Docs;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>Panels show metrics that the exporter has, in the way in which Prometheus' counters and gauges are to be read, and say what they show.</summary>
public sealed partial class PanelTests
{
    private static readonly Dictionary<string, MetricDefinition> catalogue = MetricCatalogue.All(FakeFamily.All()).ToDictionary(metric => metric.Name);

    public static TheoryData<string> Names => [.. AllDashboards.List.Select(dashboard => dashboard.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_metric_is_one_that_the_exporter_exposes_with_these_labels(string name)
    {
        foreach ((string title, string expression) in Expressions(Of(name)))
        {
            Assert.NotEmpty(Metric().Matches(expression));
            foreach (Match selector in Metric().Matches(expression))
            {
                string metric = selector.Groups["metric"].Value;
                Assert.True(catalogue.ContainsKey(metric), $"{title}: {metric}");
                foreach (Match label in Matcher().Matches(selector.Groups["matchers"].Value))
                    Assert.Contains(label.Groups["label"].Value, (string[])[.. catalogue[metric].Labels, "job", "instance", "$direction"]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Targets_keep_the_rules_of_the_dashboard_linter(string name)
    {
        foreach ((string title, string expression) in Expressions(Of(name)))
        {
            foreach (Match selector in Metric().Matches(expression))
            {
                string matchers = selector.Groups["matchers"].Value, range = selector.Groups["range"].Value;
                Assert.True(matchers.Contains("job=~\"$job\"", StringComparison.Ordinal), $"target-job-rule: {title}");
                Assert.True(matchers.Contains("instance=~\"$instance\"", StringComparison.Ordinal), $"target-instance-rule: {title}");
                bool isCounted = selector.Groups["before"].Value is "rate" or "increase";
                Assert.True(isCounted == (catalogue[selector.Groups["metric"].Value].Type == MetricType.Counter), $"target-counter-agg-rule: {title}: {selector.Value}");
                Assert.True(range is "" or "[$__rate_interval]" or "[$__range]" or "[1d]", $"target-rate-interval-rule: {title}: {range}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Panels_say_what_they_show_in_plain_words(string name)
    {
        Dashboard dashboard = Of(name);
        Assert.Equal(dashboard.Panels.Count(), dashboard.Rows.SelectMany(row => row.Panels.Select(panel => (row.Title, panel.Title))).Distinct().Count());
        foreach (Panel panel in dashboard.Panels)
        {
            Assert.NotEmpty(panel.Title);
            Assert.True(panel.Description.Length > 20 && panel.Description.EndsWith('.'), $"{panel.Title}: {panel.Description}");
            Assert.NotEmpty(panel.Unit.Grafana);
            Assert.NotEmpty(panel.Absent);
            Assert.Empty(BannedWords.In($"{panel.Title} {panel.Description}"));
            Assert.InRange(panel.Width, 1, Layout.Columns);
        }
    }

    /// <summary>An estimate without its error is half a figure.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Estimates_are_shown_with_their_error(string name)
    {
        Dashboard dashboard = Of(name);
        if (Expressions(dashboard).Any(panel => panel.Expression.Contains("sflow_namespace_pair_bytes_total", StringComparison.Ordinal))) Assert.Contains(dashboard.Panels, panel => panel.HasBand);
        Panel[] estimates = [.. dashboard.Panels.Where(panel => Expressions(panel).Any(expression => expression.Contains("_bytes_variance_total", StringComparison.Ordinal)))];
        if (estimates.Length == 0) return;
        Assert.Contains(estimates, panel => panel.HasBand);
        Assert.All(estimates.Where(panel => panel.Kind == PanelKind.Table), panel => Assert.Contains(panel.Columns, column => column.Title == "± Error"));
        Assert.All(estimates.Where(panel => panel.HasBand), panel =>
            Assert.Equal([Panel.Upper, Panel.Lower], panel.Queries.Skip(1).Select(query => query.Legend)));
    }

    [Fact]
    public void A_label_that_a_metric_lacks_is_refused()
    {
        Selector traffic = Selector.Selected(Families.FlowBytes);
        Assert.Throws<ArgumentException>(() => traffic.Where("namespace", "shop"));
        Assert.Throws<ArgumentException>(() => traffic.Rate().Sum("locality"));
        Assert.Throws<InvalidOperationException>(() => traffic.Value());
        Assert.Throws<InvalidOperationException>(() => Selector.Selected(MetricCatalogue.Series).Rate());
    }

    private static Dashboard Of(string name) => AllDashboards.List.Single(dashboard => dashboard.Name == name);

    private static IEnumerable<(string Title, string Expression)> Expressions(Dashboard dashboard) =>
        dashboard.Panels.SelectMany(panel => Expressions(panel).Select(expression => (panel.Title, expression)));

    private static IEnumerable<string> Expressions(Panel panel) =>
        panel.Queries.Select(query => query.Expression.Text).Concat(panel.Columns.Where(column => column.Query is not null).Select(column => column.Query!.Text));

    [GeneratedRegex(@"(?<before>\w*)\(?\b(?<metric>(sflow|process|dotnet)_\w+)(?<matchers>\{[^}]*\})?(?<range>\[[^\]]*\])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("(?<label>[$a-z_]+)[=!]~?\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Matcher();
}
