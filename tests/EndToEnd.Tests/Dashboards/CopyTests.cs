using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Dashboards;

/// <summary>
/// The traffic of the dashboard, of several exporters: two copies count once, also while the pod of one is replaced; parts add up. Prometheus' own tool computes
/// the expression over series with known rates.
/// </summary>
public sealed partial class CopyTests
{
    // One byte a second is 60 a minute. The rates are known, so the results are.
    [Theory]
    [InlineData("one exporter", 600, "instance=\"a\" 0+600x60")]
    [InlineData("two copies", 600, "instance=\"a\",service=\"first\" 0+600x60", "instance=\"b\",service=\"second\" 0+600x60")]
    [InlineData("one copy dies", 600, "instance=\"a\",service=\"first\" 0+600x20 stale", "instance=\"b\",service=\"second\" 0+600x60")]
    [InlineData("its pod is replaced", 600, "instance=\"a\",service=\"first\" 0+600x20 stale", "instance=\"c\",service=\"first\" _x25 0+600x60", "instance=\"b\",service=\"second\" 0+600x60")]
    [InlineData("one on each node", 900, "instance=\"a\",service=\"same\" 0+600x60", "instance=\"b\",service=\"same\" 0+300x60")]
    public async Task Copies_count_once_and_parts_add_up(string what, double perMinute, params string[] series)
    {
        string overview = await File.ReadAllTextAsync(Path.Combine(SharedFolder.Repository, "grafana", "dashboards", "overview.json"));
        string expression = TrafficExpression().Match(overview).Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("$__rate_interval", "5m", StringComparison.Ordinal);
        expression = AnyVariable().Replace(expression, ".*");
        Assert.NotEmpty(expression);
        string input = string.Concat(series.Select(one => one.Split(' ', 2)).Select(one =>
            $"      - series: 'sflow_namespace_pair_bytes_total{{job=\"sflow\",source_namespace=\"shop\",destination_namespace=\"bank\",{one[0]}}}'\n        values: '{one[1]}'\n"));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-copies-");
        try
        {
            string file = Path.Combine(folder.FullName, "case.yaml");
            await File.WriteAllTextAsync(file,
                $"tests:\n  - interval: 1m\n    input_series:\n{input}    promql_expr_test:\n      - expr: '{expression}'\n        eval_time: 50m\n        exp_samples:\n          - labels: '{{}}'\n            value: {perMinute / 60}\n");
            (int exitCode, string said) = await PrometheusServer.PromtoolAsync("", "test", "rules", file);
            Assert.True(exitCode == 0, $"{what}: {said}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("\"expr\": \"(?<text>max\\(sum by \\(service\\) \\(rate\\(sflow_namespace_pair_bytes_total(\\\\.|[^\"\\\\])*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TrafficExpression();

    [GeneratedRegex("\\$[a-z_]+", RegexOptions.None, 1_000)]
    private static partial Regex AnyVariable();
}
