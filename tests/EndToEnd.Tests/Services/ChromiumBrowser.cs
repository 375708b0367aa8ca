using Microsoft.Playwright;

namespace SFlow.EndToEnd.Tests.Services;

/// <summary>Debian's Chromium, driven by Playwright; skips the calling test where it is not installed.</summary>
internal sealed class ChromiumBrowser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>What the page wrote as error, or threw, in any tab of this browser: among them every breach of the content policy.</summary>
    public List<string> Errors { get; } = [];

    public static async Task<ChromiumBrowser> StartAsync()
    {
        if (!File.Exists(Executable)) Assert.Skip($"needs {Executable} (apt-get install -y chromium)");
        IPlaywright driver = await Playwright.CreateAsync();
        return new ChromiumBrowser(driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
        }));
    }

    public async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 1000)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = height }, TimezoneId = "UTC",
        });
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) => { if (message.Type == "error") Errors.Add(message.Text); };
        page.PageError += (_, error) => Errors.Add(error);
        await page.GotoAsync(address.ToString());
        return page;
    }

    /// <summary>Takes a picture of the whole page; kept where <c>SFLOW_SCREENSHOTS</c> points, for people who want to look.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        string? folder = Environment.GetEnvironmentVariable("SFLOW_SCREENSHOTS");
        byte[] picture = await page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true, Path = folder is null ? null : Path.Combine(folder, name + ".png"),
        });
        Assert.NotEmpty(picture);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
