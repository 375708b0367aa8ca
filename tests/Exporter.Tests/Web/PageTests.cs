using System.Net;
using System.Text.RegularExpressions;
using SFlow.Exporter.Tests.Metrics;

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

    [Theory]
    [InlineData("page.js"), InlineData("dom.js"), InlineData("flows.js"), InlineData("state.js"), InlineData("search.js"), InlineData("format.js"), InlineData("links.js")]
    public async Task No_script_turns_data_into_markup_or_reaches_out(string name)
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using HttpResponseMessage response = await exporter.Client.GetAsync($"/page/{name}");
        string script = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script);
        Assert.DoesNotMatch("https?://(?!www.w3.org/2000/svg)", script);
    }

    [Fact]
    public async Task A_file_that_did_not_change_is_not_sent_again()
    {
        await using FakeExporter exporter = await new FakeExporter(TimeProvider.System).StartAsync();
        using HttpResponseMessage first = await exporter.Client.GetAsync("/page/page.css");
        using HttpRequestMessage again = new(HttpMethod.Get, "/page/page.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.NotModified, (await exporter.Client.SendAsync(again)).StatusCode);
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
}
