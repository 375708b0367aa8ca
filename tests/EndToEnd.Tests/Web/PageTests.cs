using System.Globalization;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>The live page as a real browser shows it.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Rows_show_the_figures_that_the_family_holds()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 5);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        await page.WaitForSelectorAsync("#pairs tbody tr");

        Dictionary<(string, string), string> shown = [];
        foreach (string[] cells in await Rows(page, "#pairs")) shown.Add((cells[0], cells[1]), cells[5]);
        foreach ((FamilyRow series, FlowTotals totals) in exporter.Flows.Rows.Skip(1))
        {
            string cell = shown[(series[0], series[1])];
            Assert.InRange(Bytes(cell), (double)totals.Bytes * 0.99, (double)totals.Bytes * 1.01);
            Assert.EndsWith(" " + totals.BytesError, cell, StringComparison.Ordinal);
            Assert.Equal(totals.Samples < 30, cell.EndsWith("too few", StringComparison.Ordinal));
        }
        Assert.Equal(5, shown.Count);
        double total = exporter.Flows.Rows.Sum(row => (double)row.Totals.Bytes);
        Assert.InRange(Bytes((await page.InnerTextAsync("#sum-bytes"))), total * 0.99, total * 1.01);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_row_shows_the_rate_at_which_its_bytes_grow()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        int row = exporter.Flows.Add("shop", "bank", "bank/api:https", default, exporter.Now);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        for (int tick = 0; tick < 160 && await timer.WaitForNextTickAsync(); tick++) exporter.Flows.Grow(row, new FlowTotals(1_000_000, 1_000, 1));

        string[] cells = Assert.Single(await Rows(page, "#pairs"), cells => cells[0] == "shop");
        Assert.InRange(Bytes(cells[2].Replace("/s", "", StringComparison.Ordinal)), 8_000_000UL, 11_000_000UL);
        Assert.EndsWith(" k/s", cells[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_shown_as_text()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        FakeSearch search = new();
        exporter.Flows.Add(FakeSearch.Hostile, "b", "</table><script>document.title='owned'</script>", new FlowTotals(1_000, 1, 1), exporter.Now);
        exporter.AddAgent("10.128.0.2", node: FakeSearch.Hostile);
        await exporter.StartAsync(search.Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        await page.WaitForSelectorAsync("#agents tbody tr");
        await page.ClickAsync("#search button[type=submit]");
        await page.WaitForSelectorAsync("#records tbody tr");

        Assert.Contains(await Rows(page, "#pairs"), cells => cells[0] == FakeSearch.Hostile);
        Assert.Contains(await Rows(page, "#services"), cells => cells[0] == "</table><script>document.title='owned'</script>");
        Assert.Contains(await Rows(page, "#agents"), cells => cells[0] == FakeSearch.Hostile);
        Assert.Contains(FakeSearch.Hostile, (await Rows(page, "#records"))[0][1], StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.Equal("sflow-exporter", await page.TitleAsync());
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Filter_order_and_more_work_on_thousands_of_rows()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows: 5_000);
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        await page.WaitForSelectorAsync("#pairs tbody tr");
        int pairs = exporter.Flows.Rows.Skip(1).Select(row => (row.Series[0], row.Series[1])).Distinct().Count();

        Assert.Equal(100, (await Rows(page, "#pairs")).Count);
        Assert.StartsWith(pairs.ToString("N0", CultureInfo.InvariantCulture), await page.InnerTextAsync("#pairs-count"), StringComparison.Ordinal);
        await page.ClickAsync("#more");
        await UntilAsync(page, "document.querySelectorAll('#pairs tbody tr').length === 1000");
        await page.ClickAsync("#pairs [data-sort=source]");
        await UntilAsync(page, "[...document.querySelectorAll('#pairs tbody tr')].map(row => row.cells[0].textContent).every((name, at, all) => at === 0 || all[at - 1] <= name)");
        string[] sources = [.. (await Rows(page, "#pairs")).Select(cells => cells[0])];
        Assert.Equal(sources.Order(StringComparer.Ordinal), sources);
        Assert.Equal("ascending", await page.GetAttributeAsync("#pairs th:first-child", "aria-sort"));
        await page.FillAsync("#filter", "kafka-7");
        int matching = exporter.Flows.Rows.Select(row => row.Series)
            .Where(row => string.Join(' ', row.Values).Contains("kafka-7", StringComparison.Ordinal))
            .Select(row => (row[0], row[1])).Distinct().Count();
        await UntilAsync(page, $"document.querySelectorAll('#pairs tbody tr').length === {matching}");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_link_of_a_dashboard_fills_the_search_in_and_starts_it()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        FakeSearch search = new();
        await exporter.StartAsync(search.Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?namespace=shop%20%26%20co&from=2026-11-24T12:00:01.500Z&unknown=x"));
        await page.WaitForSelectorAsync("#records tbody tr");

        Assert.Equal("shop & co", await page.InputValueAsync("#search [name=namespace]"));
        Assert.Equal(["?namespace=shop+%26+co&from=2026-11-24T12%3A00%3A01.000Z&limit=50"], search.Asked);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Records_are_searched_paged_and_offered_as_CSV()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        FakeSearch search = new();
        await exporter.StartAsync(search.Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        await page.FillAsync("#search [name=namespace]", "shop & co");
        await page.FillAsync("#search [name=from]", "2026-11-24T12:00:01");
        await page.ClickAsync("#search button[type=submit]");
        await page.WaitForSelectorAsync("#records tbody tr");
        Assert.Contains("10.128.0.17:40000", (await Rows(page, "#records"))[0][1], StringComparison.Ordinal);
        Assert.Contains("[fd00:10:96::9]:8080", (await Rows(page, "#records"))[1][2], StringComparison.Ordinal);
        await page.ClickAsync("#older");
        await UntilAsync(page, "document.querySelector('#records tbody').textContent.includes(':40050')");
        await page.ClickAsync("#older");
        await UntilAsync(page, "document.querySelectorAll('#records tbody tr').length === 20");
        Assert.True(await page.IsHiddenAsync("#older"));
        await page.ClickAsync("#newer");
        await UntilAsync(page, "document.querySelector('#records tbody').textContent.includes(':40050')");

        Assert.All(search.Asked, asked => Assert.Contains("namespace=shop+%26+co&from=2026-11-24T12%3A00%3A01.000Z", asked, StringComparison.Ordinal));
        Assert.Equal("/api/flows?namespace=shop+%26+co&from=2026-11-24T12%3A00%3A01.000Z&limit=1000&format=csv", await page.GetAttributeAsync("#csv", "href"));
        await page.FillAsync("#search [name=port]", "x");
        await page.ClickAsync("#search button[type=submit]");
        await UntilAsync(page, "document.querySelector('#search-note').textContent.includes('port must be a whole number')");
    }

    [Fact]
    public async Task Before_the_first_datagram_the_page_says_how_to_send_some()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
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
        IPage page = await browser.OpenAsync(exporter.Address);
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

    [Theory]
    [InlineData(5, "light"), InlineData(5_000, "dark")]
    public async Task The_page_can_be_looked_at(int rows, string scheme)
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows);
        await exporter.StartAsync(new FakeSearch().Map);
        Random random = new(3);
        for (int tick = 0; tick < 8; tick++)
        {
            SampleTraffic.Grow(exporter, random);
            await Task.Delay(2_000);
        }
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address, scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        await page.WaitForSelectorAsync("#pairs tbody tr");
        await page.ClickAsync("#search button[type=submit]");
        await page.WaitForSelectorAsync("#records tbody tr");
        await page.EvaluateAsync("scrollTo(0, 0)");
        await ChromiumBrowser.PictureAsync(page, $"page-{rows}-{scheme}");

        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), "the page is wider than the window");
        await page.SetViewportSizeAsync(420, 900);
        await ChromiumBrowser.PictureAsync(page, $"page-{rows}-{scheme}-narrow");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), "the page is wider than a telephone");
    }

    private static async Task<IReadOnlyList<string[]>> Rows(IPage page, string table) =>
        await page.EvaluateAsync<string[][]>("table => [...document.querySelectorAll(table + ' tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))", table);

    /// <summary>Waits for a condition in the page; Playwright's own way needs the eval that the page's policy forbids.</summary>
    private static async Task UntilAsync(IPage page, string condition)
    {
        for (int attempt = 0; attempt < 150; attempt++)
        {
            if (await page.EvaluateAsync<bool>($"() => {condition}")) return;
            await Task.Delay(100);
        }
        Assert.Fail($"never became true: {condition}");
    }

    /// <summary>Reads "12.3 MB" back.</summary>
    private static ulong Bytes(string text)
    {
        string[] parts = text.Split(' ');
        int step = parts[1].Length == 1 ? 0 : "kMGTPE".IndexOf(parts[1][0], StringComparison.Ordinal) + 1;
        return (ulong)(double.Parse(parts[0], CultureInfo.InvariantCulture) * Math.Pow(1_000, step));
    }
}
