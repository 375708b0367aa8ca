using System.Text.RegularExpressions;
using SFlow.Dashboards.Definitions;
using SFlow.Dashboards.Rules;
using SFlow.Exporter.Tests.Docs;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Dashboards;

/// <summary>Each alert has a page that says what to do, and a case that shows it fire; rules read only what is recorded.</summary>
public sealed partial class AlertTests
{
    private static readonly Alert[] alerts = [.. AllRules.Rules.OfType<Alert>()];
    private static readonly string[] sections = ["## Meaning", "## Impact", "## Find the cause", "## What to do"];

    [Fact]
    public void Each_alert_has_a_runbook_and_each_runbook_an_alert()
    {
        string folder = Path.Combine(SharedFolder.Repository, "docs", "runbooks");
        Assert.Equal(alerts.Select(alert => alert.Name + ".md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(alerts, alert =>
        {
            string text = File.ReadAllText(Path.Combine(folder, alert.Name + ".md"));
            Assert.StartsWith($"# {alert.Name}\n", text, StringComparison.Ordinal);
            Assert.Equal(sections, text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void Each_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not()
    {
        string cases = string.Concat(Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "tests", "rules"), "*.yaml").Select(File.ReadAllText));
        Assert.All(alerts, alert =>
        {
            Assert.Matches($@"alertname: {alert.Name}\n\s+exp_alerts:\n\s+- exp_labels:", cases);
            Assert.Matches($@"alertname: {alert.Name}\n\s+exp_alerts: \[\]", cases);
        });
    }

    [Fact]
    public void Alerts_use_plain_words_and_name_the_thing_that_is_wrong()
    {
        Assert.Equal(alerts.Length, alerts.Select(alert => alert.Name).Distinct().Count());
        Assert.All(alerts, alert =>
        {
            Assert.Matches("^SFlow([A-Z][a-z]+)+$", alert.Name);
            Assert.Empty(BannedWords.In($"{alert.Summary} {alert.Description}"));
            Assert.DoesNotContain("{{", alert.Summary, StringComparison.Ordinal);
            Assert.EndsWith(".", alert.Summary, StringComparison.Ordinal);
            Assert.All(LabelInText().Matches(alert.Description), match => Assert.Contains(match.Groups["label"].Value, alert.Expression.Labels));
        });
    }

    [Fact]
    public void Rules_read_recorded_series_that_exist_and_are_recorded_before()
    {
        HashSet<string> recorded = [];
        foreach (Rule rule in AllRules.Rules)
        {
            Assert.All(RecordedName().Matches(rule.Expression.Text), match => Assert.Contains(match.Value, recorded));
            if (rule is Recording) Assert.True(recorded.Add(rule.Name) && RecordedName().IsMatch(rule.Name), rule.Name);
        }
        Assert.True(recorded.Count > 5);
    }

    [GeneratedRegex(@"\$labels\.(?<label>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelInText();

    [GeneratedRegex(@"\b\w+:\w+:\w+\b", RegexOptions.None, 1000)]
    private static partial Regex RecordedName();
}
