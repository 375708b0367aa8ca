using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Metrics;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>The rules of axe-core for WCAG 2.1 AA on every tab. npm brings axe-core for this test only; the build never needs it.</summary>
public sealed class AccessibilityTests
{
    private const string Package = "axe-core@4.14.1";

    [Theory]
    [InlineData("light", "none"), InlineData("dark", "none"), InlineData("light", "active")]
    public async Task Every_tab_passes_axe(string scheme, string forcedColours)
    {
        string axe = await AxeAsync();
        await using FakeExporter exporter = new(TimeProvider.System);
        SampleTraffic.Add(exporter, 40);
        await exporter.StartAsync(application =>
        {
            new FakeHistory(40).Map(application);
            new FakeSearch().Map(application);
        });
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(exporter.Address, scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = forcedColours == "active" ? ForcedColors.Active : ForcedColors.None, ReducedMotion = ReducedMotion.Reduce });
        List<string> violations = [];
        foreach (string tab in (string[])["explore", "explore&compare=day", "explore&from=live", "topology", "matrix", "flows", "locality&price=cross_zone:0.01", "records", "who", "agents"])
        {
            await page.GotoAsync(new Uri(exporter.Address, $"/?tab={tab}").ToString());
            await page.WaitForSelectorAsync("#status[data-state=live], #status[data-state=silent]");
            await PageReading.UntilAsync(page, "!document.querySelector('[aria-busy=true]')");
            await page.EvaluateAsync(axe);
            violations.AddRange((await page.EvaluateAsync<string[]>(
                "async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })).violations.map(rule => `${rule.id}: ${rule.nodes[0].target} (${rule.nodes.length})`)"))
                .Select(violation => $"{tab}: {violation}"));
        }
        Assert.Empty(violations);
    }

    [Fact]
    public async Task The_keyboard_reaches_filter_tabs_range_rows_and_details()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        await exporter.StartAsync(new FakeSearch().Map);
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?tab=records"));
        await page.WaitForSelectorAsync("#records tbody tr");
        HashSet<string> reached = [];
        for (int press = 0; press < 60 && !reached.Contains("cell"); press++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("document.activeElement.closest('#records tbody') ? 'cell' : document.activeElement.id || document.activeElement.dataset.tab || document.activeElement.className"));
        }
        Assert.Superset(new HashSet<string> { "skip", "explore", "topology", "records", "agents", "copy", "pause", "filter", "range", "earlier", "narrower", "zone", "csv", "ndjson", "found", "cell" }, reached);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("dialog[open] #record-fields tbody tr");
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForSelectorAsync("dialog[open]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Detached });
        Assert.Equal("BUTTON", await page.EvaluateAsync<string>("document.activeElement.tagName"));
    }

    /// <summary>The script of axe-core.</summary>
    private static async Task<string> AxeAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sflow-axe-");
        try
        {
            using Process? npm = Start(folder.FullName);
            if (npm is null) Assert.Skip("needs npm (apt-get install -y npm)");
            string errors = await npm!.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) Assert.Skip($"needs {Package} from a registry of npm: {errors}");
            await using FileStream file = File.OpenRead(Directory.GetFiles(folder.FullName, "*.tgz").Single());
            await using GZipStream unpacked = new(file, CompressionMode.Decompress);
            await using TarReader reader = new(unpacked);
            while (await reader.GetNextEntryAsync() is { } entry)
                if (entry.Name == "package/axe.min.js") return await new StreamReader(entry.DataStream!).ReadToEndAsync();
            throw new InvalidOperationException($"{Package} has no axe.min.js");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process? Start(string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("npm", ["pack", Package]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
