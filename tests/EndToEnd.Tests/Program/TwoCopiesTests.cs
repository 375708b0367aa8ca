using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Program;

/// <summary>
/// Two exporters hear the same agents. One is killed under load, and a replacement starts. A real OpenSearch has each record once, with the sums that the
/// survivor counted. A real Prometheus shows the survivor's traffic all the time, by the dashboard's expression and by the recording rules.
/// </summary>
public sealed partial class TwoCopiesTests(ITestOutputHelper output)
{
    private const string Stream = "logs-sflow.flow-default", Decoded = "sflow_exporter_samples_decoded_total{sample_type=\"flow\"}", Waiting = "sflow_exporter_queue_length{sink=\"elasticsearch\"}";
    private static readonly string captures = Path.Combine(SharedFolder.Repository, "tests", "captures");

    [Fact]
    public async Task A_copy_that_is_killed_loses_no_record_and_changes_no_total()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using OpenSearchServer search = await OpenSearchServer.StartAsync();
        await using PrometheusServer prometheus = await PrometheusServer.StartWithCopiesAsync("1s", Path.Combine(SharedFolder.Repository, "grafana", "rules", "*.yaml"));
        await using ExporterProcess first = await StartAsync(search), second = await StartAsync(search);
        await using DatagramSplitter splitter = new();
        splitter.SendTo(first.Port, second.Port);
        await prometheus.ScrapeAsync(("first", first.Address), ("second", second.Address));
        using Process replay = Replay(splitter.Port);
        long begun, killed, replaced, ended;
        Dictionary<string, double> dying, survivor, replacement;
        try
        {
            await second.WaitForAsync(metrics => metrics[Decoded] >= 20_000);
            await prometheus.WaitForAsync("count(namespace_pair:sflow_bytes:rate5m)", values => values.Count == 1);
            begun = Now;
            await Task.Delay(TimeSpan.FromSeconds(15), cancel);
            dying = await first.MetricsAsync();
            await first.KillAsync();
            killed = Now;
            await Task.Delay(TimeSpan.FromSeconds(20), cancel);
            // The kernel still sends to the dead port, as connection tracking does, until the replacement is there.
            await using ExporterProcess third = await StartAsync(search);
            splitter.SendTo(third.Port, second.Port);
            await prometheus.ScrapeAsync(("first", third.Address), ("second", second.Address));
            replaced = Now;
            await Task.Delay(TimeSpan.FromSeconds(20), cancel);
            ended = Now;
            replay.Kill();
            await replay.WaitForExitAsync(cancel);
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            survivor = await second.WaitForAsync(metrics => metrics[Waiting] == 0);
            replacement = await third.WaitForAsync(metrics => metrics[Waiting] == 0);
        }
        finally
        {
            if (!replay.HasExited) replay.Kill();
        }

        // The survivor heard everything and lost nothing; what the dead one had not sent is there by the survivor.
        Assert.Equal(0, Sum(survivor, "sflow_exporter_datagrams_dropped_total"));
        Assert.Equal(0, Sum(survivor, "sflow_exporter_records_lost_total"));
        Assert.Equal(0, Sum(replacement, "sflow_exporter_records_lost_total"));
        Assert.Equal(survivor[Decoded], Sum(survivor, "sflow_exporter_records_total"));
        Assert.Equal(replacement[Decoded], Sum(replacement, "sflow_exporter_records_total"));
        // Each of the others really wrote a part of it.
        Assert.InRange(dying[Decoded], 10_000, survivor[Decoded]);
        Assert.InRange(survivor["sflow_exporter_records_total{sink=\"elasticsearch\",outcome=\"already_there\"}"], 1, survivor[Decoded]);

        int compared = await CompareRecordsAsync(search, survivor);
        (double least, double most, int points) = await CompareTotalsAsync(prometheus, begun, ended);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {survivor[Decoded]} records by the survivor, {dying[Decoded]} by the killed one before its end, {replacement[Decoded]} by the replacement
            {compared} sums of OpenSearch equal the survivor's; {points} points of totals: {least:0.000} to {most:0.000} times the survivor's rate
            killed {killed - begun} s, replaced {replaced - begun} s, ended {ended - begun} s after the first point
            """));
    }

    /// <returns>Number of values that were compared.</returns>
    private static async Task<int> CompareRecordsAsync(OpenSearchServer search, Dictionary<string, double> survivor)
    {
        JsonNode found = await search.SearchAsync(Stream, """
            {
              "size": 0, "track_total_hits": true,
              "aggs": {
                "counted": {
                  "filter": { "term": { "sflow.counted": true } },
                  "aggs": {
                    "services": {
                      "terms": { "field": "sflow.server_service", "size": 1000, "missing": "" },
                      "aggs": { "bytes": { "sum": { "field": "network.bytes" } }, "packets": { "sum": { "field": "network.packets" } } }
                    }
                  }
                }
              }
            }
            """);
        Assert.Equal(survivor[Decoded], found["hits"]!["total"]!["value"]!.GetValue<long>());
        JsonNode counted = found["aggregations"]!["counted"]!;
        Assert.Equal(Sum(survivor, "sflow_flow_samples_total"), counted["doc_count"]!.GetValue<long>());
        int compared = 2;
        Dictionary<string, (double Bytes, double Packets, double Samples)> documents = counted["services"]!["buckets"]!.AsArray().ToDictionary(
            bucket => bucket!["key"]!.GetValue<string>(), bucket => (bucket!["bytes"]!["value"]!.GetValue<double>(), bucket["packets"]!["value"]!.GetValue<double>(), bucket["doc_count"]!.GetValue<double>()));
        // The remainder __other__ is there from the start, with zero.
        string[] services = [.. survivor.Where(metric => metric.Value > 0).Select(metric => ServerService().Match(metric.Key)).Where(match => match.Success).Select(match => match.Groups["service"].Value).Distinct()];
        Assert.True(services.Length > 3, $"only {services.Length} Services");
        foreach (string service in services)
        {
            double Of(string name) => survivor.Where(metric => metric.Key.StartsWith(name + "{", StringComparison.Ordinal) && metric.Key.Contains($"server_service=\"{service}\"", StringComparison.Ordinal)).Sum(metric => metric.Value);
            (double bytes, double packets, double samples) = documents.GetValueOrDefault(service);
            Assert.Equal((service, Of("sflow_flow_bytes_total"), Of("sflow_flow_packets_total"), Of("sflow_flow_samples_total")), (service, bytes, packets, samples));
            compared += 3;
        }
        Assert.Equal(services.Length, documents.Count);
        return compared;
    }

    /// <summary>
    /// The total by the dashboard and by the rules, over what the survivor alone shows, at each second. Twice the traffic would be 2, a gap less than 1.
    /// A rule shows what was true up to <see cref="RuleDelay"/> seconds before, and a rate over five minutes grows fast in its first seconds: so the bounds are the
    /// survivor's least and greatest rate of these seconds.
    /// </summary>
    private static async Task<(double Least, double Most, int Points)> CompareTotalsAsync(PrometheusServer prometheus, long from, long to)
    {
        string overview = await File.ReadAllTextAsync(Path.Combine(SharedFolder.Repository, "grafana", "dashboards", "overview.json"));
        string dashboard = AnyVariable().Replace(TrafficExpression().Match(overview).Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("$__rate_interval", "10s", StringComparison.Ordinal), ".*");
        Assert.NotEmpty(dashboard);
        (string Total, string Alone)[] pairs =
        [
            (dashboard, "sum(rate(sflow_namespace_pair_bytes_total{service=\"second\"}[10s]))"),
            ("sum(namespace_pair:sflow_bytes:rate5m)", "sum(rate(sflow_namespace_pair_bytes_total{service=\"second\"}[5m]))"),
            ("sum(source_namespace:sflow_bytes:rate5m)", "sum(rate(sflow_namespace_pair_bytes_total{service=\"second\"}[5m]))"),
        ];
        double least = double.MaxValue, most = 0;
        int points = 0;
        foreach ((string total, string alone) in pairs)
        {
            IReadOnlyDictionary<long, double> shown = await prometheus.RangeAsync(total, from, to, 1), counted = await prometheus.RangeAsync(alone, from - RuleDelay, to, 1);
            foreach ((long time, double value) in counted.Where(point => point.Key >= from && point.Value > 0))
            {
                Assert.True(shown.ContainsKey(time), $"{total} has a gap at {time - from} s");
                double[] near = [.. counted.Where(point => point.Key <= time && point.Key >= time - RuleDelay).Select(point => point.Value)];
                Assert.True(shown[time] > 0.9 * near.Min() && shown[time] < 1.25 * near.Max(), $"{total} is {shown[time]} at {time - from} s, and the survivor's rate {near.Min()} to {near.Max()}");
                double ratio = shown[time] / value;
                (least, most, points) = (Math.Min(least, ratio), Math.Max(most, ratio), points + 1);
            }
        }
        Assert.True(points > 2 * (to - from), $"only {points} points");
        return (least, most, points);
    }

    /// <summary>Seconds: the rules are evaluated every second, and later on a busy machine.</summary>
    private const long RuleDelay = 5;

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static async Task<ExporterProcess> StartAsync(OpenSearchServer search)
    {
        ExporterProcess exporter = await ExporterProcess.StartAsync(
            "run", "--inventory", Path.Combine(captures, "ovn-s1-svc.inventory.json"), "--store", "false", "--elasticsearch", search.Address.ToString());
        await exporter.WaitForAsync(metrics => metrics["sflow_exporter_sink_up{sink=\"elasticsearch\"}"] == 1);
        return exporter;
    }

    private static Process Replay(int port) => Process.Start(new ProcessStartInfo(
        ExporterProcess.Path, ["replay", Path.Combine(captures, "ovn-s1-svc.pcap"), "--to", $"127.0.0.1:{port}", "--rate", "500", "--loop"])
    {
        RedirectStandardError = true, UseShellExecute = false,
    })!;

    private static double Sum(Dictionary<string, double> metrics, string name) =>
        metrics.Where(metric => metric.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(metric => metric.Value);

    [GeneratedRegex("^sflow_flow_samples_total\\{.*server_service=\"(?<service>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ServerService();

    [GeneratedRegex("\"expr\": \"(?<text>max\\(sum by \\(service\\) \\(rate\\(sflow_namespace_pair_bytes_total(\\\\.|[^\"\\\\])*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex TrafficExpression();

    [GeneratedRegex("\\$[a-z_]+", RegexOptions.None, 1_000)]
    private static partial Regex AnyVariable();
}
