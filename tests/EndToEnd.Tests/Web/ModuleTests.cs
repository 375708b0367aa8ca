using System.Text.Json;
using Microsoft.Playwright;
using SFlow.EndToEnd.Tests.Services;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.EndToEnd.Tests.Web;

/// <summary>Modules of the page that compute, called in the browser with known values.</summary>
public sealed class ModuleTests
{
    [Fact]
    public async Task Requests_to_a_Service_show_its_clients_and_replies_its_backends()
    {
        const string side = "(namespace, kind, workload) => ({ namespace, kind, workload })";
        JsonElement links = await CallAsync("clients.js", $$"""
            const side = {{side}}, client = side("shop", "Deployment", "web"), service = side("db", "Service", "main"), backend = side("db", "StatefulSet", "main"), direct = side("bank", "Job", "batch");
            const pair = (source, destination, total) => ({ name: { source, destination }, total, samples: 1 });
            const { toService, toBackend } = module.ofService("db/main:sql", [pair(client, service, 100), pair(backend, client, 900), pair(direct, backend, 30), pair(backend, direct, 70)]);
            return [Object.fromEntries([...toService].map(([name, sums]) => [name, sums.total])), Object.fromEntries([...toBackend].map(([name, sums]) => [name, sums.total]))];
            """);

        Assert.Equal((1_000, 100), (links[0].GetProperty("shop/Deployment/web").GetInt32(), links[0].GetProperty("bank/Job/batch").GetInt32()));
        // Playwright adds a member of its own.
        Assert.Equal(2, links[0].EnumerateObject().Count(link => link.Name[0] != '$'));
        Assert.Equal(1_000, Assert.Single(links[1].EnumerateObject(), link => link.Name == "db/StatefulSet/main").Value.GetInt32());
    }

    /// <summary>The interval of n samples of one size is exp(1.96 / √n) - 1; it is 20 % at n = (1.96 / ln 1.2)².</summary>
    [Fact]
    public async Task The_advisor_finds_the_samples_from_which_on_a_pair_is_known_within_20_percent()
    {
        JsonElement needed = await CallAsync("advisor.js", """
            const even = module.samplesNeeded({ samples: 10000, error: { bytesPercent: 100 * (Math.exp(1.96 / 100) - 1) } }), few = module.samplesNeeded({ samples: 3, error: { bytesPercent: null } });
            return [even, few, module.packetsNeeded(even, 400, 3600)];
            """);
        int expected = (int)Math.Ceiling(Math.Pow(1.96 / Math.Log(1.2), 2));

        Assert.Equal((116, expected), (expected, needed[0].GetInt32()));
        Assert.Equal(expected, needed[1].GetInt32());
        Assert.Equal(expected * 400 / 3600.0, needed[2].GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Last_night_and_yesterday_are_whole_and_in_the_zone_of_the_reader()
    {
        JsonElement ranges = await CallAsync("range.js", """return ["night", "yesterday"].map(name => module.rangeOf(name, "utc"));""");
        DateTimeOffset Time(int range, string end) => DateTimeOffset.Parse(ranges[range].GetProperty(end).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((22, 6, 8.0), (Time(0, "from").Hour, Time(0, "to").Hour, (Time(0, "to") - Time(0, "from")).TotalHours));
        Assert.InRange((DateTimeOffset.UtcNow - Time(0, "to")).TotalHours, 0, 24);
        Assert.Equal(DateTimeOffset.UtcNow.UtcDateTime.Date, Time(1, "to").UtcDateTime);
        Assert.Equal(24, (Time(1, "to") - Time(1, "from")).TotalHours);
    }

    [Theory]
    [InlineData("including", "a=1 b=2", "b=2 c=3", "a=1 b=2 c=3")]
    [InlineData("excluding", "a=1", "from_namespace=x to_namespace=\"y z\"", "a=1 to_namespace!=\"y z\"")]
    [InlineData("including", "", "namespace=shop", "namespace=shop")]
    public async Task Terms_are_added_once(string act, string filter, string terms, string expected)
    {
        JsonElement result = await CallAsync("filter.js", $"return module.{act}({JsonSerializer.Serialize(filter)}, {JsonSerializer.Serialize(terms)});");
        Assert.Equal(expected, result.GetString());
    }

    /// <summary>Runs a body of a function in the page, with a module of the page.</summary>
    private static async Task<JsonElement> CallAsync(string module, string body)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        await using ChromiumBrowser browser = await ChromiumBrowser.StartAsync();
        IPage page = await browser.OpenAsync(new Uri(exporter.Address, "/?tab=agents"));
        return (await page.EvaluateAsync<JsonElement?>($$"""
            async () => {
              const folder = document.querySelector("script[type=module]").src.replace(/[^/]+$/, "");
              const module = await import(folder + "{{module}}");
              {{body}}
            }
            """))!.Value;
    }
}
