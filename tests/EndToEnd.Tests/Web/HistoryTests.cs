using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>The views of history, over a history whose figures are known.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task The_last_minute_is_shown_until_the_history_begins_unless_a_range_is_chosen()
    {
        await using Session session = await Session.StartAsync(0, "/?tab=locality");
        IPage page = session.Page;
        await page.GotoAsync(new Uri(new Uri(page.Url), "/").ToString());
        await page.WaitForSelectorAsync("#live:not([hidden])");
        Assert.StartsWith("The history begins with the first full minute.", await page.InnerTextAsync("#no-history"), StringComparison.Ordinal);
        Assert.True(await page.IsVisibleAsync("#tabs [data-tab=topology]"));

        await page.GotoAsync(new Uri(new Uri(page.Url), "/?from=2026-01-30T00:00:00Z&to=2026-01-30T01:00:00Z").ToString());
        await PageReading.UntilAsync(page, "document.querySelector('#series-empty').textContent.startsWith('No data')");
        Assert.Empty(session.Browser.Errors);
    }

    [Fact]
    public async Task The_view_is_in_the_address_and_back_reload_and_a_copied_link_show_it_again()
    {
        await using Session session = await Session.StartAsync(5, "/");
        IPage page = session.Page;
        await page.SelectOptionAsync("#group", "workload");
        await page.SelectOptionAsync("#unit", "bytes");
        await page.FillAsync("#filter", "namespace=shop");
        await page.PressAsync("#filter", "Enter");
        await PageReading.UntilAsync(page, "location.search === '?tab=explore&filter=namespace%3Dshop&group=workload&unit=bytes'");
        await page.GoBackAsync();
        await PageReading.UntilAsync(page, "document.querySelector('#filter').value === ''");
        Assert.Equal("bytes", await page.InputValueAsync("#unit"));
        await page.GoForwardAsync();
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("#top-groups tbody tr");
        Assert.Equal(("namespace=shop", "workload", "bytes"), (await page.InputValueAsync("#filter"), await page.InputValueAsync("#group"), await page.InputValueAsync("#unit")));

        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.ClickAsync("#copy");
        string link = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Matches(@"&?from=\d{4}-\d\d-\d\dT.*to=\d{4}-\d\d-\d\dT", link);
        IReadOnlyList<string[]> rows = await PageReading.RowsAsync(page, "#top-groups");
        await page.GotoAsync(link);
        await page.WaitForSelectorAsync("#top-groups tbody tr");
        Assert.Equal(rows, await PageReading.RowsAsync(page, "#top-groups"));
        Assert.Empty(session.Browser.Errors);
    }

    [Fact]
    public async Task Rates_shares_and_the_total_are_those_of_the_history_and_a_gap_is_no_zero()
    {
        await using Session session = await Session.StartAsync(5, "/?tab=explore&group=workload&unit=bytes&top=5");
        IReadOnlyList<string[]> rows = await PageReading.RowsAsync(session.Page, "#top-groups");
        Assert.Equal(5, rows.Count);
        for (int pair = 0; pair < 5; pair++)
        {
            Assert.Equal(FakeHistory.LabelOf(pair), rows[pair][0]);
            // 4 of 60 steps have no data: the amount of 60 steps, divided by the seconds of 56.
            Assert.InRange(PageReading.Bytes(rows[pair][1].Replace("/s", "", StringComparison.Ordinal)), FakeHistory.BytesOf(pair) / 60.0 * 60 / 56 * 0.99, FakeHistory.BytesOf(pair) / 60.0 * 60 / 56 * 1.01);
            Assert.EndsWith("± 3.1 %", rows[pair][1], StringComparison.Ordinal);
        }
        Assert.Contains("The history has no data from 12:17 to 12:21.", await session.Page.InnerTextAsync("#series-notes"), StringComparison.Ordinal);
        string path = (await session.Page.GetAttributeAsync("#top-groups tbody tr:first-child path", "d"))!;
        Assert.Equal(2, path.Count(letter => letter == 'M'));
    }

    [Fact]
    public async Task A_click_filters_a_click_with_shift_excludes_and_records_keeps_both()
    {
        await using Session session = await Session.StartAsync(5, "/?tab=explore&filter=protocol%3Dtcp&group=workload");
        IPage page = session.Page;
        await page.ClickAsync("#top-groups tbody tr:first-child .name");
        Assert.Equal("protocol=tcp workload=team-0/Deployment/service-with-a-name-0 workload=team-1/Deployment/service-with-a-name-1", await page.InputValueAsync("#filter"));
        await page.GoBackAsync();
        await page.ClickAsync("#top-groups tbody tr:nth-child(2) .name", new PageClickOptions { Modifiers = [KeyboardModifier.Shift] });
        Assert.Equal("protocol=tcp workload!=team-2/Deployment/service-with-a-name-2", await page.InputValueAsync("#filter"));
        Assert.Contains("workload%21%3Dteam-2", await page.GetAttributeAsync("#top-groups tbody tr:first-child .act a", "href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_against_yesterday_takes_one_action()
    {
        await using Session session = await Session.StartAsync(5, "/?tab=explore&group=workload");
        await session.Page.SelectOptionAsync("#compare", "day");
        await PageReading.UntilAsync(session.Page, "document.querySelector('#top-groups tbody tr')?.cells[5].textContent === '+100 %'");
        Assert.All(await PageReading.RowsAsync(session.Page, "#top-groups"), cells => Assert.Equal("+100 %", cells[5]));
    }

    [Fact]
    public async Task A_part_of_the_picture_becomes_the_range_and_leads_to_its_records()
    {
        await using Session session = await Session.StartAsync(5, "/?tab=explore&group=workload");
        IPage page = session.Page;
        await page.WaitForSelectorAsync("#series[data-pictures]");
        LocatorBoundingBoxResult box = (await page.Locator("#series").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 150);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 60, box.Y + 150, new MouseMoveOptions { Steps = 5 });
        await page.Mouse.UpAsync();
        await PageReading.UntilAsync(page, "new URLSearchParams(location.search).has('to')");
        await page.ClickAsync("#tabs [data-tab=records]");
        await page.WaitForSelectorAsync("#records tbody tr");
        TimeSpan length = await page.EvaluateAsync<double>("Date.parse(new URLSearchParams(location.search).get('to')) - Date.parse(new URLSearchParams(location.search).get('from'))") is double milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : default;
        Assert.InRange(length, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(12));
        Assert.Empty(session.Browser.Errors);
    }

    [Fact]
    public async Task A_price_a_GB_makes_the_cost_of_a_locality()
    {
        await using Session session = await Session.StartAsync(5, "/?tab=locality");
        await session.Page.FillAsync("#locality-table tbody tr:nth-child(3) input", "0.02");
        await session.Page.PressAsync("#locality-table tbody tr:nth-child(3) input", "Tab");
        await PageReading.UntilAsync(session.Page, "document.querySelector('#locality-table tbody tr:nth-child(3)').cells[5].textContent.trim() !== ''");
        string[] row = (await PageReading.RowsAsync(session.Page, "#locality-table"))[2];
        Assert.Equal("cross zone", row[0]);
        // The third locality has 200 MB a minute, and an hour has 60.
        Assert.StartsWith("0.2400", row[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Public_destinations_have_country_network_and_the_bytes_of_their_records()
    {
        await using Session session = await Session.StartAsync(5, "/?tab=locality");
        IReadOnlyList<string[]> rows = await PageReading.RowsAsync(session.Page, "#outside-table");
        // Every second of the newest 1,000 records has this address, with 571,200 bytes and its number.
        double bytes = Enumerable.Range(0, 500).Sum(at => 571_200.0 + (2 * at));
        string[] row = Assert.Single(rows, cells => cells[0] == "172.30.44.9");
        Assert.Equal(["shop-frontend", "Norway", "AS64500 Example"], row[1..4]);
        Assert.InRange(PageReading.Bytes(row[4]), bytes * 0.99, bytes * 1.01);
        Assert.Equal("500", row[5]);
        Assert.StartsWith("2 addresses, by the newest 1,000 records", await session.Page.InnerTextAsync("#outside-count"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_banner_says_which_agent_loses_and_the_table_has_it_first()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        exporter.AddAgent("10.128.0.2", node: "fine").Datagrams = 100;
        Agent lossy = exporter.AddAgent("10.129.0.2", node: "lossy");
        (lossy.Datagrams, lossy.Lost) = (75, 25);
        exporter.Workers[0].CountReceived(1_300);
        await exporter.StartAsync(new FakeHistory(5).Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address);
        await page.WaitForSelectorAsync("#banner:not([hidden])");

        Assert.Contains("12.5 % of the datagrams were lost.", await page.InnerTextAsync("#banner"), StringComparison.Ordinal);
        Assert.Contains("Most by lossy: 25.0 %.", await page.TextContentAsync("#banner"), StringComparison.Ordinal);
        await page.ClickAsync("#banner a");
        await page.WaitForSelectorAsync("#agents tbody tr");
        Assert.Equal("lossy", (await PageReading.RowsAsync(page, "#agents"))[0][0]);
    }

    [Fact]
    public async Task Rows_stay_where_they_are_while_the_pointer_is_on_them()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        int[] rows = [.. Enumerable.Range(0, 4).Select(row => exporter.Flows.Add($"team-{row}", "bank", "bank/api:https", new(1_000_000UL * (ulong)(9 - row), 1_000, 100), exporter.Now))];
        await exporter.StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?from=live"));
        await page.WaitForSelectorAsync("#pairs tbody tr");
        string[] before = [.. (await PageReading.RowsAsync(page, "#pairs")).Select(cells => cells[0])];
        await page.HoverAsync("#pairs tbody tr:first-child");
        exporter.Flows.Grow(rows[3], new(900_000_000, 1_000_000, 1_000));
        await PageReading.UntilAsync(page, "[...document.querySelectorAll('#pairs tbody tr')].some(row => row.textContent.includes('906 MB'))");
        Assert.Equal(before, (await PageReading.RowsAsync(page, "#pairs")).Select(cells => cells[0]));
        await page.Mouse.MoveAsync(5, 5);
        await PageReading.UntilAsync(page, "document.querySelector('#pairs tbody tr').cells[0].textContent === 'team-3'");
    }
}
