using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>The page links to Kibana and Grafana with its own filter and time: what Kibana then finds is what the page found.</summary>
public sealed partial class LinkTests(OpenSearchRecords records) : IClassFixture<OpenSearchRecords>
{
    [Theory]
    [InlineData("namespace=shop")]
    [InlineData("namespace=@internet")]
    [InlineData("workload=grafana&service=openshift-monitoring/prometheus-k8s:web")]
    [InlineData("workload=Deployment/grafana")]
    [InlineData("workload=pod/prometheus-k8s-0")]
    [InlineData("service=openshift-etcd/etcd")]
    [InlineData("service=@tcp/9000")]
    [InlineData("address=10.128.0.0/24&port=9091")]
    [InlineData("address=fd01:0:0:1::/64&protocol=tcp")]
    public async Task Kibana_finds_the_records_of_the_page(string filter)
    {
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(records.Exporter.Address, $"/?{filter}&counted=true&from=2026-01-02T03:04:05Z&to=2040-01-02T03:04:05Z"));
        string link = await LinkAsync(page, "#kibana");
        Match parts = Discover().Match(link);
        Assert.True(parts.Success, link);
        Assert.StartsWith(ShippedRecords.KibanaUrl, link, StringComparison.Ordinal);
        Assert.Equal(("2026-01-02T03:04:05.000Z", "2040-01-02T03:04:05.000Z"), (Unescaped(parts.Groups["from"].Value), Unescaped(parts.Groups["to"].Value)));

        (double Records, double Bytes, double Packets) exporter = await Volume.InExporterAsync(records, $"/api/flows?{filter}&counted=true");
        Assert.True(exporter.Records > 5, $"{exporter}");
        Assert.Equal(exporter, await Volume.InKibanaAsync(records, Unescaped(parts.Groups["query"].Value)));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_conversation_is_found_by_its_text()
    {
        string conversation = Flat.Text(records.Records.First(record => Flat.Counted(record) && Flat.Text(record, "sflow.server_service") == "openshift-etcd/etcd:etcd"), "sflow.conversation");
        await Kibana_finds_the_records_of_the_page($"namespace=openshift-apiserver&service=openshift-etcd/etcd:etcd");
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(records.Exporter.Address, $"/?conversation={Uri.EscapeDataString(conversation)}"));
        Assert.Equal($"sflow.conversation: \"{conversation}\"", Unescaped(Discover().Match(await LinkAsync(page, "#kibana")).Groups["query"].Value));
    }

    [Theory]
    [InlineData("tab=records", "/d/sflow-overview?from=now-1h&to=now")]
    [InlineData("namespace=shop", "/d/sflow-namespace?var-namespace=shop&from=now-1h&to=now")]
    [InlineData("namespace=shop&service=shop/redis:redis&from=2026-01-02T03:04:05Z", "/d/sflow-service?var-service=shop%2Fredis%3Aredis&from=1767323045000&to=now")]
    [InlineData("workload=redis", "/d/sflow-workload?var-workload=redis&from=now-1h&to=now")]
    public async Task Grafana_opens_the_dashboard_of_what_was_searched(string filter, string expected)
    {
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(records.Exporter.Address, $"/?{filter}"));
        Assert.Equal(ShippedRecords.GrafanaUrl + expected, await LinkAsync(page, "#grafana"));
    }

    private static async Task<string> LinkAsync(IPage page, string link)
    {
        await page.WaitForSelectorAsync(link);
        return (await page.GetAttributeAsync(link, "href"))!;
    }

    /// <summary>The query in a link to Discover.</summary>
    internal static string QueryOf(string link) => Unescaped(Discover().Match(link).Groups["query"].Value);

    /// <summary>The text of a value of Rison in a fragment.</summary>
    private static string Unescaped(string text) => Mark().Replace(Uri.UnescapeDataString(text), "${sign}");

    [GeneratedRegex(@"/app/discover#/\?_g=\(time:\(from:'(?<from>[^']+)',to:'(?<to>[^']+)'\)\)&_a=\(index:'sflow-flows',query:\(language:kuery,query:'(?<query>[^']*)'\)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Discover();

    [GeneratedRegex("!(?<sign>[!'])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
