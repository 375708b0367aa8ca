using Microsoft.Extensions.Time.Testing;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>A server or proxy that can't take compressed bodies costs no record, in whatever words it says so and whenever it begins.</summary>
public sealed class CompressionTests
{
    private const string ParseError = """{"error":{"type":"json_parse_exception","reason":"Illegal character ((CTRL-CHAR, code 31))"},"status":400}""";
    private const string MalformedLine = """{"error":{"type":"illegal_argument_exception","reason":"Malformed action/metadata line [1], expected START_OBJECT but found [VALUE]"},"status":400}""";
    private const string Mapper = """{"error":{"type":"mapper_parsing_exception","reason":"failed to parse"},"status":400}""";
    private const string Compressor = """{"error":{"type":"not_x_content_exception","reason":"Compressor detection can only be called on some xcontent bytes"},"status":500}""";

    [Theory]
    [InlineData(400, ParseError)]
    [InlineData(400, MalformedLine)]
    [InlineData(400, Mapper)]
    [InlineData(400, "<html>Bad Request</html>")]
    [InlineData(400, null)]
    [InlineData(406, "no")]
    [InlineData(415, """{"error":"Content-Encoding [gzip] is not supported","status":415}""")]
    [InlineData(415, null)]
    [InlineData(422, "Unprocessable")]
    [InlineData(501, "Not Implemented")]
    public async Task Records_that_are_refused_compressed_go_plain_at_once_and_from_then_on(int status, string? body)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, compressed) => compressed ? new Refusal(status, Body: body) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(400));
        // The clock moves by less than any back-off: the plain body follows at once.
        await AdvanceUntilAsync(time, 0.01, () => shipping.Queue.Waiting == 0);
        shipping.Offer(shipping.Flows.Many(1_200).Skip(400));
        await AdvanceUntilAsync(time, 0.01, () => shipping.Queue.Waiting == 0);
        Assert.Equal((1_200, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(1_200, fake.Documents.Count);
        Assert.Equal(1, fake.Compressed.Count(compressed => compressed));
        Assert.True(shipping.Said("plain from now on"));
        Assert.True(shipping.State.IsUp);
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task A_server_that_stops_taking_compressed_bodies_later_gets_plain_ones_from_then_on()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool upgraded = false;
        fake.RefuseEncoding = (_, compressed) => compressed && upgraded ? new Refusal(400, Body: ParseError) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        for (int i = 0; i < 4; i++)
        {
            shipping.Offer(shipping.Flows.Many(100 * (i + 1)).Skip(100 * i));
            await shipping.SettledAsync();
            upgraded = i >= 1;
        }
        Assert.Equal((400, 0, 0, 0), shipping.Outcomes);
        Assert.Equal([true, true, true, false, false], fake.Compressed);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(500, Compressor)]
    [InlineData(502, "<html>Bad Gateway</html>")]
    [InlineData(200, "<html>Welcome</html>")]
    public async Task Trouble_that_only_compressed_bodies_have_ends_with_plain_ones(int status, string? body)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, compressed) => !compressed ? null : status == 0 ? Refusal.Abort : new Refusal(status, Body: body);
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        for (int i = 0; i < 5; i++)
        {
            shipping.Offer(shipping.Flows.Many(50 * (i + 1)).Skip(50 * i));
            await AdvanceUntilAsync(time, 0.5, () => shipping.Queue.Waiting == 0);
        }
        Assert.Equal((250, 0, 0, 0), shipping.Outcomes);
        Assert.Equal([true, false, true, false, false, false, false], fake.Compressed);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Trouble_that_passes_leaves_compression_on(int status)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (number, _) => number is 0 or 3 ? new Refusal(status) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        for (int i = 0; i < 4; i++)
        {
            shipping.Offer(shipping.Flows.Many(50 * (i + 1)).Skip(50 * i));
            await AdvanceUntilAsync(time, 0.5, () => shipping.Queue.Waiting == 0);
        }
        Assert.Equal((200, 0, 0, 0), shipping.Outcomes);
        Assert.Equal([true, false, true, true, false, true], fake.Compressed);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task The_plain_body_is_tried_until_it_gets_an_answer_of_its_own(int status)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (number, compressed) => compressed ? new Refusal(415) : number < 3 ? new Refusal(status) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(50));
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((50, 0, 0, 0), shipping.Outcomes);
        Assert.Equal([true, false, false, false], fake.Compressed);
        Assert.True(shipping.Said("plain from now on"));
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider time, double seconds, Func<bool> done) => Shipping.UntilAsync(() =>
    {
        if (done()) return true;
        time.Advance(TimeSpan.FromSeconds(seconds));
        return false;
    });
}
