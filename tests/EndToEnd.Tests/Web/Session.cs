using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>A browser on an exporter with a known history and known records.</summary>
internal sealed class Session(FakeExporter exporter, FakeHistory history, ChromiumBrowser browser, IPage page) : IAsyncDisposable
{
    public FakeHistory History => history;
    public ChromiumBrowser Browser => browser;
    public IPage Page => page;

    /// <summary>Opens a path, and waits until its tab has what it needs.</summary>
    public static async Task<Session> StartAsync(int pairs, string path)
    {
        FakeExporter exporter = new(TimeProvider.System);
        FakeHistory history = new(pairs);
        await exporter.StartAsync(application =>
        {
            history.Map(application);
            new FakeSearch().Map(application);
        });
        ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, path));
        await page.WaitForSelectorAsync("#top-groups tbody tr, #locality-table tbody tr");
        return new Session(exporter, history, browser, page);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await exporter.DisposeAsync();
    }
}
