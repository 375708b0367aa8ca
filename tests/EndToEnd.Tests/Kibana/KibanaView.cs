using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SFlow.Dashboards.Kibana;
using SFlow.Tests;

namespace SFlow.EndToEnd.Tests.Kibana;

/// <summary>Shows the saved objects without a Kibana: asks each panel's question, and draws the page.</summary>
internal static class KibanaView
{
    private static string File => Path.Combine(SharedFolder.Repository, KibanaFile.Path);

    /// <summary>Looks at the file alone.</summary>
    public static Task<JsonObject> CheckAsync() => RunAsync("check", File);

    /// <summary>Asks each panel of a dashboard.</summary>
    /// <param name="records">What is asked, in its time range.</param>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="more">Further arguments: --query, --control.</param>
    /// <returns>What was empty or wrong, and the numbers of each panel.</returns>
    public static Task<(JsonObject Report, JsonArray Panels)> AskAsync(ShippedRecords records, KibanaDashboard dashboard, params string[] more) =>
        AskAsync(records, records.Range, dashboard, more);

    /// <summary>The same in another time range.</summary>
    public static async Task<(JsonObject Report, JsonArray Panels)> AskAsync(ShippedRecords records, (long From, long To) range, KibanaDashboard dashboard, params string[] more)
    {
        string data = Path.GetTempFileName();
        try
        {
            JsonObject report = await RunAsync("ask", [.. Arguments(records, range, dashboard), "--data", data, .. more]);
            return (report, JsonNode.Parse(await System.IO.File.ReadAllTextAsync(data))!.AsArray());
        }
        finally
        {
            System.IO.File.Delete(data);
        }
    }

    /// <summary>Asks each panel of a dashboard through a proxy. Gives the report.</summary>
    public static Task<JsonObject> AskThroughAsync(Uri proxy, ShippedRecords records, KibanaDashboard dashboard, params string[] more) =>
        RunAsync("ask", [.. Arguments(records, records.Range, dashboard, proxy), .. more]);

    /// <summary>Draws a dashboard into a picture.</summary>
    public static Task<JsonObject> DrawAsync(ShippedRecords records, KibanaDashboard dashboard, string theme, string picture)
    {
        if (!System.IO.File.Exists("/usr/bin/chromium")) Assert.Skip("needs /usr/bin/chromium (apt-get install -y chromium)");
        return RunAsync("shot", [.. Arguments(records, records.Range, dashboard), "--theme", theme, "--out", picture]);
    }

    private static string[] Arguments(ShippedRecords records, (long From, long To) range, KibanaDashboard dashboard, Uri? proxy = null) =>
    [
        "--dashboards", File, "--elasticsearch", (proxy ?? records.Server.Address).ToString().TrimEnd('/'), "--id", dashboard.Id,
        "--from", range.From.ToString(CultureInfo.InvariantCulture), "--to", range.To.ToString(CultureInfo.InvariantCulture),
    ];

    private static async Task<JsonObject> RunAsync(string program, params string[] arguments)
    {
        using Process view = Process.Start(new ProcessStartInfo(SharedFolder.Require("services", "kibana-view", program), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        Task<string> output = view.StandardOutput.ReadToEndAsync(), errors = view.StandardError.ReadToEndAsync();
        await view.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True((await output).StartsWith('{'), await errors);
        return JsonNode.Parse(await output)!.AsObject();
    }
}
