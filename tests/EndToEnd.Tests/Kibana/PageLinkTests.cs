using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Kibana;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>A link of Kibana opens the page with the records of its value, and the page leads back to the same records.</summary>
public sealed class PageLinkTests(OpenSearchRecords records) : IClassFixture<OpenSearchRecords>
{
    [Theory]
    [InlineData("sflow.source_namespace", "shop")]
    [InlineData("sflow.destination_namespace", "@internet")]
    [InlineData("sflow.destination_namespace", "openshift-monitoring")]
    [InlineData("sflow.server_service", "openshift-monitoring/prometheus-k8s:web")]
    [InlineData("source.kubernetes.owner.name", "prometheus-k8s")]
    [InlineData("source.ip", "")]
    [InlineData("sflow.conversation", "")]
    public async Task A_value_leads_to_its_records_and_back(string field, string wanted)
    {
        string value = wanted.Length > 0 ? wanted : records.Records.Where(Flat.Counted).Select(record => Flat.Text(record, field)).Order(StringComparer.Ordinal).Last();
        RecordSums expected = new([.. records.Records.Where(record => Flat.Counted(record) && Flat.Text(record, field) == value)]);
        if (expected.Count == 0) Assert.Skip($"no record has {field} {value}");
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(PageLinks.Template(records.Exporter.Address, field).Replace("{{value}}", Uri.EscapeDataString(value), StringComparison.Ordinal)));
        await page.WaitForSelectorAsync("#records tbody tr");
        await page.WaitForSelectorAsync("#kibana");
        string query = LinkTests.QueryOf((await page.GetAttributeAsync("#kibana", "href"))!);
        Assert.Equal((expected.Count, expected.Sum("network.bytes"), expected.Sum("network.packets")), await Volume.InKibanaAsync(records, query));
        Assert.Empty(browser.Errors);
    }
}
