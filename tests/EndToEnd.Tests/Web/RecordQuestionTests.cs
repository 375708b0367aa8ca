using System.Text.Json;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Services;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>Questions that records and the address book answer, in at most two actions, with the truth of the lab.</summary>
public sealed class RecordQuestionTests(LabTraffic lab) : IClassFixture<LabTraffic>
{
    private const string Grafana = "10.128.0.5", PrometheusService = "172.30.77.8";

    [Fact]
    public async Task Who_is_an_address_now_and_earlier()
    {
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await lab.OpenAsync(browser, "/?tab=who");
        await page.FillAsync("#who-name", Grafana);
        await page.PressAsync("#who-name", "Enter");
        await page.WaitForSelectorAsync("#who-answer dl");
        string now = await page.InnerTextAsync("#who-answer");
        Assert.Contains("pod openshift-monitoring/grafana-74655dbf66-f6hjg on worker-1", now, StringComparison.Ordinal);
        await page.WaitForSelectorAsync("#who-talks tbody tr");
        Assert.Contains(await PageReading.RowsAsync(page, "#who-talks"), cells => cells[1] == "openshift-monitoring/prometheus-k8s:web");

        await page.FillAsync("#who-at", "2020-01-01T10:31:07");
        await page.PressAsync("#who-at", "Enter");
        await PageReading.UntilAsync(page, "document.querySelector('#who-answer')?.textContent.includes('At 2020-01-01 10:31:07')");
        Assert.Contains("address=10.128.0.5&at=2020-01-01T10%3A31%3A07Z", page.Url, StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_conversation_has_both_directions_its_backend_and_the_bytes_that_pods_sent()
    {
        long requests = LabTraffic.Sent(flow => LabTraffic.Text(flow, "src") == Grafana && LabTraffic.Text(flow, "dst") == PrometheusService);
        long replies = LabTraffic.Sent(flow => LabTraffic.Text(flow, "src") == "10.128.0.6" && LabTraffic.Text(flow, "dst") == Grafana && LabTraffic.Text(flow, "sport") == "9090");
        Assert.True(requests > 5_000 && replies > 50_000, $"{requests} {replies}");
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await lab.OpenAsync(browser, "/?tab=records");
        await page.FillAsync("#filter", "workload=grafana service=openshift-monitoring/prometheus-k8s");
        await page.PressAsync("#filter", "Enter");
        await PageReading.UntilAsync(page, "document.querySelector('#records tbody tr')?.textContent.includes('prometheus-k8s:web')");
        await page.ClickAsync("#records tbody tr:first-child a:has-text('conversation')");
        await page.WaitForSelectorAsync("#conversation:not([hidden]) dl");

        string[] shown = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#conversation dd')].map(line => line.textContent)");
        Assert.Equal("openshift-monitoring/grafana-74655dbf66-f6hjg", shown[0]);
        Assert.Equal("openshift-monitoring/prometheus-k8s", shown[1]);
        Assert.Equal("openshift-monitoring/prometheus-k8s-0", shown[2]);
        Assert.StartsWith(LabTraffic.Figure(requests) + " in ", shown[3], StringComparison.Ordinal);
        Assert.StartsWith(LabTraffic.Figure(replies) + " in ", shown[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_shows_every_field_with_its_meaning_and_a_value_filters()
    {
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await lab.OpenAsync(browser, "/?tab=records&filter=protocol%3Dtcp");
        await page.ClickAsync("#records tbody tr:first-child th button");
        await PageReading.UntilAsync(page, "document.querySelectorAll('#record-fields tbody tr').length > 40");
        using JsonDocument first = JsonDocument.Parse(await lab.Exporter.GetAsync("/api/flows?filter=protocol%3Dtcp&limit=1"));
        string[] fields = [.. first.RootElement.GetProperty("flows")[0].EnumerateObject().Select(field => field.Name)];
        IReadOnlyList<string[]> rows = await PageReading.RowsAsync(page, "#record-fields");
        Assert.Equal(fields, rows.Select(cells => cells[0]));
        // The position belongs to the search, and former names have no meaning of their own.
        Assert.InRange(rows.Count(cells => cells[2].Length == 0), 1, 5);
        string port = rows.First(cells => cells[0] == "source.port")[1];
        await page.ClickAsync($"#record-fields tr:has(th:text-is('source.port')) button");
        Assert.Equal($"protocol=tcp from_port={port}", await page.InputValueAsync("#filter"));
    }

    [Fact]
    public async Task Columns_can_be_chosen_and_are_in_the_link()
    {
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await lab.OpenAsync(browser, "/?tab=records");
        await page.WaitForSelectorAsync("#records tbody tr");
        await page.ClickAsync("#columns summary");
        await page.CheckAsync("#columns-list input[value='sflow.ip.ttl']");
        await PageReading.UntilAsync(page, "[...document.querySelectorAll('#records thead th')].at(-1).textContent === 'sflow.ip.ttl'");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#records tbody tr");
        Assert.Equal("sflow.ip.ttl", await page.EvaluateAsync<string>("[...document.querySelectorAll('#records thead th')].at(-1).textContent"));
        Assert.Matches("^[0-9]+$", (await PageReading.RowsAsync(page, "#records"))[0][^1]);
    }
}
