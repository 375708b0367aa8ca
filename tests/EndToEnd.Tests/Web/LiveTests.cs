using System.Globalization;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>The last minute, as a real browser shows it.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task Rows_show_the_figures_that_the_family_holds()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 5);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#pairs tbody tr");

        Dictionary<(string, string), string> shown = [];
        foreach (string[] cells in await PageReading.RowsAsync(page, "#pairs")) shown.Add((cells[0], cells[1]), cells[5]);
        foreach ((FamilyRow series, FlowTotals totals) in exporter.Flows.Rows.Skip(1))
        {
            string cell = shown[(series[0], series[1])];
            Assert.InRange(PageReading.Bytes(cell), (double)totals.Bytes * 0.99, (double)totals.Bytes * 1.01);
            Assert.EndsWith(" " + totals.BytesError, cell, StringComparison.Ordinal);
            Assert.Equal(totals.Samples < 30, cell.EndsWith("too few", StringComparison.Ordinal));
        }
        Assert.Equal(5, shown.Count);
        double total = exporter.Flows.Rows.Sum(row => (double)row.Totals.Bytes);
        Assert.InRange(PageReading.Bytes((await page.InnerTextAsync("#sum-bytes"))), total * 0.99, total * 1.01);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Views_that_need_a_history_are_hidden_without_one()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 5);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        await page.WaitForSelectorAsync("#pairs tbody tr");

        Assert.True(await page.IsVisibleAsync("#tabs [data-tab=records]"));
        foreach (string tab in (string[])["topology", "matrix", "flows", "locality"]) Assert.False(await page.IsVisibleAsync($"#tabs [data-tab={tab}]"), tab);
        Assert.StartsWith("This exporter has no history.", await page.InnerTextAsync("#no-history"), StringComparison.Ordinal);

        // The live table has no filter, so a name leads to its records, and the tab back to all pairs.
        string name = await page.InnerTextAsync("#pairs tbody tr:first-child th");
        await page.ClickAsync("#pairs tbody tr:first-child th button");
        await page.WaitForSelectorAsync("#records-panel:not([hidden])");
        Assert.Contains($"filter=from_namespace%3D{name}", page.Url, StringComparison.Ordinal);
        await page.ClickAsync("#tabs [data-tab=explore]");
        await page.WaitForSelectorAsync("#live:not([hidden])");
        Assert.DoesNotContain("filter", page.Url, StringComparison.Ordinal);
        await page.GotoAsync(new Uri(exporter.Address, "/?tab=topology").ToString());
        await page.WaitForSelectorAsync("#live:not([hidden])");
    }

    [Fact]
    public async Task A_row_shows_the_rate_at_which_its_bytes_grow()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        int row = exporter.Flows.Add("shop", "bank", "bank/api:https", default, exporter.Now);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        for (int tick = 0; tick < 160 && await timer.WaitForNextTickAsync(); tick++) exporter.Flows.Grow(row, new FlowTotals(1_000_000, 1_000, 1));

        string[] cells = Assert.Single(await PageReading.RowsAsync(page, "#pairs"), cells => cells[0] == "shop");
        Assert.InRange(PageReading.Bytes(cells[2].Replace("/s", "", StringComparison.Ordinal)), 8_000_000UL, 11_000_000UL);
        Assert.EndsWith(" k/s", cells[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_order_and_more_work_on_thousands_of_rows()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 5_000);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#pairs tbody tr");
        int pairs = exporter.Flows.Rows.Skip(1).Select(row => (row.Series[0], row.Series[1])).Distinct().Count();

        Assert.Equal(100, (await PageReading.RowsAsync(page, "#pairs")).Count);
        Assert.StartsWith(pairs.ToString("N0", CultureInfo.InvariantCulture), await page.InnerTextAsync("#pairs-count"), StringComparison.Ordinal);
        await page.ClickAsync("#more");
        // Of thousands of rows, only those near the visible part have elements, and only they are requested.
        await PageReading.UntilAsync(page, $"document.querySelector('#pairs').getAttribute('aria-rowcount') === '{pairs + 1}'");
        Assert.InRange((await PageReading.RowsAsync(page, "#pairs")).Count, 20, 300);
        await ScrollingShowsEachRowAsync(page, pairs);
        await page.ClickAsync("#pairs [data-sort=source]");
        await PageReading.UntilAsync(page, "[...document.querySelectorAll('#pairs tbody tr:not(.gap)')].map(row => row.cells[0].textContent).every((name, at, all) => at === 0 || all[at - 1] <= name)");
        string[] sources = [.. (await PageReading.RowsAsync(page, "#pairs")).Select(cells => cells[0])];
        Assert.Equal(sources.Order(StringComparer.Ordinal), sources);
        Assert.Equal("ascending", await page.GetAttributeAsync("#pairs th:first-child", "aria-sort"));
        await page.FillAsync("#live-filter", "kafka-7");
        int matching = exporter.Flows.Rows.Select(row => row.Series)
            .Where(row => string.Join(' ', row.Values).Contains("kafka-7", StringComparison.Ordinal))
            .Select(row => (row[0], row[1])).Distinct().Count();
        await PageReading.UntilAsync(page, $"document.querySelectorAll('#pairs tbody tr').length === {matching}");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Before_the_first_datagram_the_page_says_how_to_send_some()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#nothing:not([hidden])");

        Assert.Equal(
            """oc patch network.operator cluster --type merge -p '{"spec":{"exportNetworkFlows":{"sFlow":{"collectors":["ADDRESS:6343"]}}}}'""",
            await page.InnerTextAsync("#patch"));
        await ChromiumBrowser.PictureAsync(page, "page-empty");
        exporter.Workers[0].CountReceived(100);
        await page.WaitForSelectorAsync("#nothing", new PageWaitForSelectorOptions { State = WaitForSelectorState.Hidden });
    }

    [Fact]
    public async Task The_page_rests_while_paused_and_says_when_the_exporter_is_gone()
    {
        FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#status[data-state=live]");
        int asked = 0;
        page.Request += (_, request) => { if (request.Url.Contains("/api/overview", StringComparison.Ordinal)) asked++; };
        await page.ClickAsync("#pause");
        await Task.Delay(5_000);
        Assert.Equal(0, asked);
        await page.ClickAsync("#pause");
        await page.WaitForSelectorAsync("#status[data-state=live]");
        await exporter.DisposeAsync();

        await page.WaitForSelectorAsync("#status[data-state=lost]");
    }

    /// <summary>Scrolls through the table and back to its begin: the rows that come into view are requested, each once at its place.</summary>
    private static async Task ScrollingShowsEachRowAsync(IPage page, int pairs)
    {
        await page.EvaluateAsync("document.querySelector('#pairs').closest('.scroll').scrollTop = 1e9");
        await PageReading.UntilAsync(page, $"[...document.querySelectorAll('#pairs tbody tr:not(.gap)')].at(-1)?.getAttribute('aria-rowindex') === '{pairs + 1}'");
        string[] places = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#pairs tbody tr:not(.gap)')].map(row => row.getAttribute('aria-rowindex'))");
        Assert.Equal(Enumerable.Range(pairs + 2 - places.Length, places.Length).Select(place => place.ToString(CultureInfo.InvariantCulture)), places);
        await page.EvaluateAsync("document.querySelector('#pairs').closest('.scroll').scrollTop = 0");
        await PageReading.UntilAsync(page, "document.querySelector('#pairs tbody tr:not(.gap)')?.getAttribute('aria-rowindex') === '2'");
    }
}
