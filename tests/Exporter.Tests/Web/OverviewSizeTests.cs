using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Metrics;

namespace SFlow.Exporter.Tests.Web;

/// <summary>What the page reads every two seconds, with 5,000 pairs.</summary>
public sealed class OverviewSizeTests(ITestOutputHelper output)
{
    private const int Pairs = 5_000;

    [Fact]
    public async Task The_page_reads_only_what_it_shows()
    {
        await using FakeExporter exporter = new(TimeProvider.System);
        for (int pair = 0; pair < Pairs; pair++)
            exporter.Flows.Add($"team-{pair % 71}-backend", $"team-{pair / 71}-frontend", $"team-{pair % 71}/api-{pair % 300}:https", new FlowTotals((ulong)(1_234_567 + (pair * 7919)), 4_000, 40, 1e12, 1e6), 0);
        await exporter.StartAsync();

        (long all, _) = await SizeAsync(exporter, "?limit=10000");
        (long page, long sent) = await SizeAsync(exporter, "?limit=100&sort=last10");
        (long scrolled, _) = await SizeAsync(exporter, "?limit=100&offset=2500");
        (long other, long otherSent) = await SizeAsync(exporter, "?limit=100&parts=history,agents,unknown");
        output.WriteLine($"all {all:N0} bytes; live table {page:N0}, compressed {sent:N0}; scrolled {scrolled:N0}; other tabs {other:N0}, compressed {otherSent:N0}");

        Assert.InRange(all, 2_000_000, long.MaxValue);
        Assert.InRange(page, 1, 150_000);
        Assert.InRange(scrolled, 1, 150_000);
        Assert.InRange(sent, 1, 25_000);
        Assert.InRange(other, 1, 10_000);
    }

    /// <summary>Bytes of the answer, and on the wire for a client that accepts gzip. Both forms have the same rows.</summary>
    private static async Task<(long Plain, long Compressed)> SizeAsync(FakeExporter exporter, string query)
    {
        byte[] plain = await exporter.Client.GetByteArrayAsync("/api/overview" + query);
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/overview" + query) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("gzip") } } };
        using HttpResponseMessage answer = await exporter.Client.SendAsync(request);
        byte[] packed = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        await using GZipStream unpacked = new(new MemoryStream(packed), CompressionMode.Decompress);
        using JsonDocument first = JsonDocument.Parse(plain), second = await JsonDocument.ParseAsync(unpacked);
        Assert.Equal(Names(first), Names(second));
        return (plain.Length, packed.Length);
    }

    private static string Names(JsonDocument overview) => overview.RootElement.GetProperty("pairs") is { ValueKind: JsonValueKind.Object } pairs
        ? string.Join('\n', pairs.GetProperty("rows").EnumerateArray().Select(row => $"{row.GetProperty("source")} {row.GetProperty("destination")}")) : "";
}
