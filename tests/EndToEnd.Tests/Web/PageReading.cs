using System.Globalization;
using Microsoft.Playwright;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>Reads a page as its readers do.</summary>
internal static class PageReading
{
    /// <summary>The texts of the rows of a table that have elements; long tables have them near the visible part only.</summary>
    public static async Task<IReadOnlyList<string[]>> RowsAsync(IPage page, string table) =>
        await page.EvaluateAsync<string[][]>("table => [...document.querySelectorAll(table + ' tbody tr:not(.gap)')].map(row => [...row.cells].map(cell => cell.textContent))", table);

    /// <summary>Waits for a condition in the page; Playwright's own way needs the eval that the page's policy forbids.</summary>
    public static async Task UntilAsync(IPage page, string condition)
    {
        for (int attempt = 0; attempt < 150; attempt++)
        {
            if (await page.EvaluateAsync<bool>($"() => {condition}")) return;
            await Task.Delay(100);
        }
        Assert.Fail($"never became true: {condition}");
    }

    /// <summary>Reads "12.3 MB" back.</summary>
    public static ulong Bytes(string text)
    {
        string[] parts = text.Split(' ');
        int step = parts[1].Length == 1 ? 0 : "kMGTPE".IndexOf(parts[1][0], StringComparison.Ordinal) + 1;
        return (ulong)(double.Parse(parts[0], CultureInfo.InvariantCulture) * Math.Pow(1_000, step));
    }
}
