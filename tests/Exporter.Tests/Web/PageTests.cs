using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SFlow.Exporter.Pipeline.Fields;
using SFlow.Exporter.Tests.Docs;
using SFlow.Exporter.Tests.Metrics;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Web;

public sealed class PageTests
{
    [Fact]
    public async Task The_page_comes_whole_from_its_own_origin_under_a_policy_that_allows_nothing_else()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using HttpResponseMessage page = await exporter.Client.GetAsync("/");
        string html = await page.Content.ReadAsStringAsync();
        string policy = page.Headers.GetValues("Content-Security-Policy").Single();

        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.DoesNotMatch(@"<[^>]+\s(on\w+|style)\s*=", html);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)|<style", html);
        foreach (Match file in Regex.Matches(html, "(src|href)=\"(?<path>/page/[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking))
            Assert.Equal(HttpStatusCode.OK, (await exporter.Client.GetAsync(file.Groups["path"].Value)).StatusCode);
    }

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Path.Combine(SharedFolder.Repository, "src/Exporter/Web/Page"), "*.js").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task No_script_turns_data_into_markup_or_reaches_out(string name)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using HttpResponseMessage response = await exporter.Client.GetAsync(await FolderAsync(exporter) + name);
        string script = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script);
        Assert.DoesNotMatch("https?://(?!www.w3.org/2000/svg)", script);
        Assert.Empty(BannedWords.In(script));
    }

    [Fact]
    public async Task A_file_that_did_not_change_is_not_sent_again()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        foreach (string path in (string[])["/", await FolderAsync(exporter) + "page.css"])
        {
            using HttpResponseMessage first = await exporter.Client.GetAsync(path);
            using HttpRequestMessage again = new(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

            Assert.Equal(HttpStatusCode.NotModified, (await exporter.Client.SendAsync(again)).StatusCode);
        }
    }

    [Fact]
    public async Task Files_are_kept_for_ever_under_the_hash_of_all_and_the_page_is_not()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        string folder = await FolderAsync(exporter);
        using HttpResponseMessage page = await exporter.Client.GetAsync("/"), style = await exporter.Client.GetAsync(folder + "page.css"), other = await exporter.Client.GetAsync("/page/0123456789abcdef/page.css");

        Assert.True(page.Headers.CacheControl!.NoCache);
        Assert.Equal("max-age=31536000, immutable", style.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Theory]
    [InlineData("gzip, br", true), InlineData("br", false), InlineData("gzip;q=0", false), InlineData(null, false)]
    public async Task The_chart_library_comes_compressed_to_who_accepts_it_and_whole_with_its_licence(string? accepted, bool isCompressed)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        string folder = await FolderAsync(exporter);
        using HttpRequestMessage request = new(HttpMethod.Get, folder + "vendor/echarts/echarts.js");
        if (accepted is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using HttpResponseMessage response = await exporter.Client.SendAsync(request);
        Stream body = await response.Content.ReadAsStreamAsync();
        if (isCompressed) body = new GZipStream(body, CompressionMode.Decompress);
        using MemoryStream read = new();
        await body.CopyToAsync(read);

        Assert.Equal(isCompressed ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(SharedFolder.Repository, "src/Exporter/Web/Page/vendor/echarts/echarts.js")), read.ToArray());
        if (isCompressed) Assert.InRange(response.Content.Headers.ContentLength!.Value, 1, 400_000);
        foreach (string licence in (string[])["LICENSE", "NOTICE", "LICENSE-d3", "LICENSE-zrender"])
            Assert.Contains("Copyright", await exporter.Client.GetStringAsync($"{folder}vendor/echarts/{licence}"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_field_of_records_has_its_meaning()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using JsonDocument json = JsonDocument.Parse(await exporter.Client.GetStringAsync("/api/fields"));
        Dictionary<string, string> meanings = json.RootElement.GetProperty("fields").EnumerateArray()
            .ToDictionary(field => field.GetProperty("name").GetString()!, field => field.GetProperty("meaning").GetString()!);

        Assert.Equal(FieldCatalogue.Search.Where(field => field.ReplacedBy is null).Select(field => field.Name), meanings.Keys);
        Assert.All(meanings.Values, meaning => Assert.EndsWith(".", meaning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_is_about_the_process_and_readiness_about_receiving()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        exporter.Readiness.NotReadyBecause = "UDP 6343 is not bound yet";
        using HttpResponseMessage healthy = await exporter.Client.GetAsync("/-/healthy"), waiting = await exporter.Client.GetAsync("/-/ready");
        exporter.Readiness.NotReadyBecause = null;
        using HttpResponseMessage ready = await exporter.Client.GetAsync("/-/ready");

        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, waiting.StatusCode);
        Assert.Contains("UDP 6343 is not bound yet", await waiting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    /// <summary>The folder of the page's files.</summary>
    private static async Task<string> FolderAsync(FakeExporter exporter) => Regex.Match(await exporter.Client.GetStringAsync("/"), "/page/[0-9a-f]{16}/", RegexOptions.NonBacktracking).Value;
}
