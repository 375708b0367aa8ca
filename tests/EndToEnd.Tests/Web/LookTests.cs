using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>Every tab at four sizes, light and dark, with few and many pairs: it fits, it is free of errors, and people can look at the pictures.</summary>
public sealed class LookTests
{
    private static readonly string[] Tabs = ["explore", "explore&from=live", "topology", "matrix", "flows", "locality", "records", "agents"];
    private static readonly int[] Widths = [390, 820, 1440, 2560];

    [Theory]
    [InlineData(5, "light"), InlineData(5, "dark"), InlineData(5_000, "light"), InlineData(5_000, "dark")]
    public async Task The_page_fits_every_width(int rows, string scheme)
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, rows);
        FakeHistory history = new(rows);
        FakeSearch search = new();
        await exporter.StartAsync(application =>
        {
            history.Map(application);
            search.Map(application);
        });
        SampleTraffic.Grow(exporter, new Random(3));
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address, scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        List<string> tooWide = [];
        foreach (string tab in Tabs)
        {
            foreach (int width in Widths)
            {
                await page.SetViewportSizeAsync(width, 1000);
                await page.GotoAsync(new Uri(exporter.Address, $"/?tab={tab}&group=workload").ToString());
                string shown = tab switch { "explore" => "#series[data-pictures]", "explore&from=live" => "#pairs tbody tr", "records" => "#records tbody tr", "agents" => "#agents tbody tr", _ => $"#{tab}-picture[data-pictures]" };
                await page.WaitForSelectorAsync(shown);
                if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth")) tooWide.Add($"{tab} at {width}");
                if (Environment.GetEnvironmentVariable("SFLOW_SCREENSHOTS") is not null) await ChromiumBrowser.PictureAsync(page, $"page-{tab.Replace("&from=", "-", StringComparison.Ordinal)}-{rows}-{scheme}-{width}");
            }
        }
        Assert.Empty(tooWide);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_restricted_viewer_reads_how_many_namespaces_are_shown()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri("about:blank"));
        await page.RouteAsync("**/api/overview*", async route =>
        {
            string answer = await (await route.FetchAsync()).TextAsync();
            await route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = answer.Replace("\"all\":true,\"namespaces\":[]", "\"all\":false,\"namespaces\":[\"bank\",\"shop\"]", StringComparison.Ordinal) });
        });
        await page.GotoAsync(new Uri(exporter.Address, "/?from=live").ToString());
        await page.WaitForSelectorAsync("#access:not([hidden])");

        Assert.StartsWith("You see flows of 2 namespaces: bank, shop.", await page.InnerTextAsync("#access"), StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
    }
}
