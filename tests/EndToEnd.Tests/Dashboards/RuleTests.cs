using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>Prometheus' own tool reads the rules, and runs the cases of tests/rules.</summary>
public sealed class RuleTests
{
    private static readonly string rules = Path.Combine(SharedFolder.Repository, "grafana", "rules"), cases = Path.Combine(SharedFolder.Repository, "tests", "rules");

    [Fact]
    public async Task Promtool_accepts_the_rules()
    {
        (int exitCode, string said) = await PrometheusServer.PromtoolAsync("", ["check", "rules", "--lint=all", "--lint-fatal", .. Directory.EnumerateFiles(rules, "*.yaml")]);
        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public async Task Rules_do_in_each_case_what_the_case_says()
    {
        (int exitCode, string said) = await PrometheusServer.PromtoolAsync("", ["test", "rules", .. Directory.EnumerateFiles(cases, "*.yaml")]);
        Assert.True(exitCode == 0, said);
    }
}
