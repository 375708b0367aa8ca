using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SFlow.Dashboards.Definitions.Kibana;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>The filters of docs/walkthroughs.md: Kibana's language, the server's queries and the exporter's search find the same records.</summary>
public sealed partial class WalkthroughTests(OpenSearchRecords records, ITestOutputHelper output) : IClassFixture<OpenSearchRecords>
{
    private static readonly string guide = File.ReadAllText(Path.Combine(SharedFolder.Repository, "docs", "walkthroughs.md"));

    /// <summary>Each filter of Kibana's language in the guide.</summary>
    public static IEnumerable<string> KibanaFilters => KibanaFilter().Matches(guide).Select(match => match.Groups["filter"].Value);

    /// <summary>Filters in the order of the guide, and the same as queries of the search engine.</summary>
    public static TheoryData<int, string> Questions => new()
    {
        { 0, """{ "term": { "sflow.server_service": "default/kubernetes:https" } }""" },
        { 1, """{ "bool": { "filter": [{ "term": { "client.kubernetes.owner.name": "grafana" } }, { "term": { "sflow.server_service": "openshift-monitoring/prometheus-k8s:web" } }] } }""" },
        { 2, """{ "term": { "sflow.server_service": "openshift-etcd/etcd:etcd" } }""" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task One_filter_by_name_finds_the_same_in_Kibana_in_the_server_and_in_the_exporter(int question, string query)
    {
        string kql = KibanaFilter().Matches(guide)[question].Groups["filter"].Value, path = ApiFilter().Matches(guide)[question].Groups["filter"].Value;
        (double Records, double Bytes, double Packets) kibana = await Volume.InKibanaAsync(records, kql), server = await ServerAsync(query), exporter = await Volume.InExporterAsync(records, path);
        Assert.True(exporter.Records > 30, $"{path}: {exporter}");
        Assert.Equal(exporter, kibana);
        Assert.Equal(exporter, server);
        output.WriteLine($"{kql}: {exporter}");
    }

    [Fact]
    public void The_page_has_the_filter_of_the_exporter_in_each_question() => Assert.Equal(
        ApiFilter().Matches(guide).Select(match => match.Groups["filter"].Value.Replace("/api/flows", "/", StringComparison.Ordinal)),
        PageFilter().Matches(guide).Select(match => match.Groups["filter"].Value));

    /// <summary>Both directions, though only one pair of names is in the filter.</summary>
    [Fact]
    public async Task Traffic_of_Grafana_and_Prometheus_is_found_both_ways()
    {
        (_, JsonArray shown) = await KibanaView.AskAsync(records, SFlow.Dashboards.Definitions.Kibana.Services.Dashboard, "--query", KibanaFilter().Matches(guide)[1].Groups["filter"].Value);
        JsonArray clients = Rows("Clients of Services"), backends = Rows("Backends of Services");
        Assert.All(clients, row => Assert.StartsWith("grafana-", row![2]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(["prometheus-k8s-0", "prometheus-k8s-1"], backends.Select(row => row![1]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Bytes(clients) > 0 && Bytes(backends) > 0);
        RecordSums all = new([.. records.Records.Where(record => Flat.Counted(record) && Flat.Text(record, "client.kubernetes.owner.name") == "grafana" && Flat.Text(record, "sflow.server_service") == "openshift-monitoring/prometheus-k8s:web")]);
        Assert.Equal(all.Sum("network.bytes"), Bytes(clients) + Bytes(backends));

        JsonArray Rows(string title) => shown.Single(panel => panel!["title"]!.GetValue<string>() == title)!["rows"]!.AsArray();
        double Bytes(JsonArray rows) => rows.Sum(row => row![3]!.GetValue<double>());
    }

    private async Task<(double Records, double Bytes, double Packets)> ServerAsync(string query)
    {
        JsonNode found = await records.Server.AskAsync(HttpMethod.Post, $"/{ShippedRecords.Stream}/_search", $$"""
            {
              "size": 0, "track_total_hits": true,
              "query": {
                "bool": {
                  "filter": [{{query}}, { "term": { "sflow.counted": true } }, { "range": { "@timestamp": { "gte": {{records.Range.From}}, "lte": {{records.Range.To}}, "format": "epoch_millis" } } }]
                }
              },
              "aggs": { "bytes": { "sum": { "field": "network.bytes" } }, "packets": { "sum": { "field": "network.packets" } } }
            }
            """);
        JsonNode sums = found["aggregations"]!;
        return (found["hits"]!["total"]!["value"]!.GetValue<double>(), sums["bytes"]!["value"]!.GetValue<double>(), sums["packets"]!["value"]!.GetValue<double>());
    }

    [GeneratedRegex(@"^\| Kibana \| `(?<filter>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex KibanaFilter();

    [GeneratedRegex(@"^\| exporter \| `GET (?<filter>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ApiFilter();

    [GeneratedRegex(@"^\| page \| `(?<filter>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex PageFilter();
}
