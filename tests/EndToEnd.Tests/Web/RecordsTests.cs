using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>Records, as a real browser shows them.</summary>
public sealed class RecordsTests
{
    [Fact]
    public async Task Hostile_names_are_shown_as_text()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        FakeSearch search = new();
        exporter.Flows.Add(FakeSearch.Hostile, "b", "</table><script>document.title='owned'</script>", new FlowTotals(1_000, 1, 1), exporter.Now);
        exporter.AddAgent("10.128.0.2", node: FakeSearch.Hostile);
        await exporter.StartAsync(search.Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#pairs tbody tr");
        Assert.Contains(await PageReading.RowsAsync(page, "#pairs"), cells => cells[0] == FakeSearch.Hostile);
        Assert.Contains(await PageReading.RowsAsync(page, "#services"), cells => cells[0] == "</table><script>document.title='owned'</script>");
        await page.ClickAsync("#tabs [data-tab=agents]");
        await page.WaitForSelectorAsync("#agents tbody tr");
        Assert.Contains(await PageReading.RowsAsync(page, "#agents"), cells => cells[0] == FakeSearch.Hostile);
        await page.ClickAsync("#tabs [data-tab=records]");
        await page.WaitForSelectorAsync("#records tbody tr");
        Assert.Contains(FakeSearch.Hostile, (await PageReading.RowsAsync(page, "#records"))[0][1], StringComparison.Ordinal);
        await page.ClickAsync("#records tbody tr:first-child th button");
        await page.WaitForSelectorAsync("#record-fields tbody tr");
        Assert.Contains(await PageReading.RowsAsync(page, "#record-fields"), cells => cells[1] == FakeSearch.Hostile);
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.Equal("sflow-exporter", await page.TitleAsync());
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_link_of_a_dashboard_fills_the_search_in_and_starts_it()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        FakeSearch search = new();
        await exporter.StartAsync(search.Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?namespace=shop%20%26%20co&from=2026-11-24T12:00:01.500Z&workload=pod/web&unknown=x"));
        await page.WaitForSelectorAsync("#records tbody tr");

        Assert.Equal("namespace=\"shop & co\"", await page.InputValueAsync("#filter"));
        Assert.Equal(["?filter=namespace%3D%22shop+%26+co%22&workload=pod%2Fweb&from=2026-11-24T12%3A00%3A01.500Z&limit=500"], search.Asked);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Records_are_searched_paged_and_offered_as_CSV()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        FakeSearch search = new();
        await exporter.StartAsync(search.Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?tab=records&filter=namespace%3D%22shop%20%26%20co%22&from=2026-11-24T12:00:01Z"));
        await page.WaitForSelectorAsync("#records tbody tr");
        Assert.Contains("10.128.0.17:40000", (await PageReading.RowsAsync(page, "#records"))[0][1], StringComparison.Ordinal);
        Assert.Contains("[fd00:10:96::9]:8080", (await PageReading.RowsAsync(page, "#records"))[1][2], StringComparison.Ordinal);
        for (int more = 1; more < FakeSearch.Records / FakeSearch.Page; more++)
        {
            await page.ClickAsync("#older");
            await PageReading.UntilAsync(page, $"document.querySelector('#records').getAttribute('aria-rowcount') === '{((more + 1) * FakeSearch.Page) + 1}'");
        }
        Assert.True(await page.IsHiddenAsync("#older"));
        Assert.InRange((await PageReading.RowsAsync(page, "#records")).Count, 20, 300);
        await page.EvaluateAsync("document.querySelector('#found').scrollTo(0, 1e9)");
        await PageReading.UntilAsync(page, $"document.querySelector('#records tbody').textContent.includes(':{40_000 + FakeSearch.Records - 1}')");

        const string asked = "filter=namespace%3D%22shop+%26+co%22&from=2026-11-24T12%3A00%3A01.000Z";
        Assert.All(search.Asked, query => Assert.StartsWith("?" + asked, query, StringComparison.Ordinal));
        Assert.Equal($"/api/flows?{asked}&limit=1000&format=csv", await page.GetAttributeAsync("#csv", "href"));
        IDownload file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#ndjson"));
        string[] lines = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Equal(FakeSearch.Records, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("{\"@timestamp\"", line, StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_refused_filter_is_shown_with_its_sentence_and_the_word_to_use()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        await exporter.StartAsync(new FakeSearch().Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?tab=records"));
        await page.FillAsync("#filter", "namspace=shop");
        await page.PressAsync("#filter", "Enter");
        await page.WaitForSelectorAsync("#filter-note:not([hidden])");

        Assert.Contains("There is no key 'namspace'", await page.InnerTextAsync("#filter-note"), StringComparison.Ordinal);
        Assert.Equal("namspace", await page.InnerTextAsync("#filter-note mark"));
        await page.ClickAsync("#filter-note button");
        await page.WaitForSelectorAsync("#records tbody tr");
        Assert.Equal("namespace=shop", await page.InputValueAsync("#filter"));
    }
}
