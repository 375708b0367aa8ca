using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>What only looks like the end of a record is none: records wait for as long as somebody may still put things right.</summary>
public sealed class ShipTroubleTests
{
    private const string Malformed = """{"error":{"type":"illegal_argument_exception","reason":"Malformed action/metadata line [3], expected START_OBJECT"},"status":400}""";
    private const string Parameter = """{"error":{"type":"illegal_argument_exception","reason":"request [/x/_bulk] contains unrecognized parameter: [y]"},"status":400}""";

    [Theory]
    [InlineData(401, "security_exception")]
    [InlineData(403, "cluster_block_exception")]
    public async Task Items_that_are_refused_for_want_of_rights_wait_and_are_sent_again(int status, string type)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool refuses = true;
        fake.RefuseItem = (_, _) => refuses ? (status, type) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await AdvanceUntilAsync(time, 0.05, () => fake.Bulks == 1 && shipping.Queue.Waiting == 10 && shipping.Said("refuses records"));
        time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(1, fake.Bulks);
        Assert.Contains(shipping.Logged, line => line.Contains($"{status}", StringComparison.Ordinal) && line.Contains(type, StringComparison.Ordinal));
        refuses = false;
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((10, 0, 0, 0), shipping.Outcomes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("<html>Bad request</html>")]
    [InlineData("""{"error":"bad","status":400}""")]
    [InlineData(Parameter)]
    public async Task A_400_that_names_no_document_costs_one_request_every_few_seconds_and_no_record(string? body)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool refuses = true;
        fake.RefuseEncoding = (_, _) => refuses ? new Refusal(400, Body: body) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(500));
        await AdvanceUntilAsync(time, 0.05, () => shipping.Said("refuses records"));
        // One compressed and one plain, which shows that compression is not the reason; then plain only.
        Assert.Equal([true, false], fake.Compressed);
        time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(2, fake.Bulks);
        await AdvanceUntilAsync(time, 0.5, () => fake.Bulks == 3);
        refuses = false;
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((500, 0, 0, 0), shipping.Outcomes);
    }

    [Fact]
    public async Task A_400_that_names_a_document_is_followed_to_that_document()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, _) => null;
        fake.RefuseAll = (_, documents) => documents.Any(document => Port(document) == 32_775) ? new Refusal(400, Body: Malformed) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(500));
        await shipping.SettledAsync();
        Assert.Equal((499, 0, 1, 0), shipping.Outcomes);
        // The halves, a plain body, and the one record again after others were taken.
        Assert.InRange(fake.Bulks, 2, 2 * 9 + 3);
        shipping.Offer(shipping.Flows.Many(700).Skip(600));
        await shipping.SettledAsync();
        Assert.True(fake.Compressed[^1]);
    }

    [Theory]
    [InlineData(400, Malformed)]
    [InlineData(413, null)]
    public async Task Halving_has_a_bound_for_what_refuses_everything(int status, string? body)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool refuses = true;
        fake.RefuseEncoding = (_, _) => refuses ? new Refusal(status, Body: body) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1_000));
        await AdvanceUntilAsync(time, 0.05, () => fake.Bulks > 0);
        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        // A round has at most 100 requests. Waits are random, so that the last step of the clock may begin a second round, once in 8,000 runs a fourth.
        Assert.InRange(fake.Bulks, 2, 3 * 100);
        Assert.InRange(shipping.Queue.Waiting, 900, 1_000);
        refuses = false;
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        (long written, long _, long rejected, long _) = shipping.Outcomes;
        Assert.Equal((1_000, (long)fake.Documents.Count), (written + rejected, written));
        Assert.True(status == 413 || rejected == 0, "a place that can't be read is no document's fault where nothing can be read");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_that_comes_back_empty_behind_a_proxy_gets_the_templates_before_the_next_record(int status)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1));
        await shipping.SettledAsync();
        fake.RefuseEncoding = (_, _) => null;
        fake.Refuse = (number, _) =>
        {
            if (number != 1) return null;
            fake.Empty();
            return new Refusal(status);
        };
        shipping.Offer(shipping.Flows.Many(21).Skip(1));
        await shipping.SettledAsync();
        Assert.Equal((21, 0, 0, 0), shipping.Outcomes);
        Assert.Empty(fake.Violations);
    }

    [Theory]
    [InlineData(404, "index_not_found_exception")]
    [InlineData(503, "unavailable_shards_exception")]
    public async Task An_item_that_finds_no_index_waits_until_the_set_up_is_checked(int status, string type)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool emptied = false;
        fake.RefuseItem = (number, _) =>
        {
            if (number > 0) return null;
            if (!emptied) fake.Empty();
            emptied = true;
            return (status, type);
        };
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20));
        await shipping.SettledAsync();
        Assert.Equal((20, 0, 0, 0), shipping.Outcomes);
        Assert.Empty(fake.Violations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_stop_is_immediate_when_nothing_waits_although_the_server_never_answered(bool accepts)
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        if (!accepts) silent.Stop();
        await using Shipping shipping = new($"http://127.0.0.1:{port}");
        await shipping.StartAsync();
        if (!accepts) await Shipping.UntilAsync(() => shipping.Said("is not ready for records"));
        long start = Stopwatch.GetTimestamp();
        await shipping.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
        Assert.Equal((0, 0, 0, 0), shipping.Outcomes);
    }

    [Fact]
    public async Task The_stop_cuts_a_pause_short_and_sends_what_waits()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Refuse = (number, _) => number == 0 ? new Refusal(401) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await Shipping.UntilAsync(() => shipping.Said("refuses records"));
        long start = Stopwatch.GetTimestamp();
        await shipping.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
        Assert.Equal((10, 0, 0, 0), shipping.Outcomes);
    }

    [Fact]
    public async Task The_stop_goes_on_trying_until_its_deadline_and_counts_the_rest()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Refuse = (_, _) => new Refusal(403);
        await using Shipping shipping = new(fake.Url, deadline: TimeSpan.FromSeconds(4));
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await Shipping.UntilAsync(() => shipping.Said("refuses records"));
        await shipping.StopAsync();
        Assert.InRange(fake.Bulks, 3, 8);
        Assert.Equal((0, 0, 0, 10), shipping.Outcomes);
    }

    [Fact]
    public async Task A_request_that_loses_its_connection_again_and_again_while_the_server_answers_is_halved()
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, _) => null;
        fake.Refuse = (_, items) => items > 25 ? Refusal.Abort : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((100, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(100, fake.Documents.Count);
    }

    [Fact]
    public async Task The_state_tells_whether_records_are_taken_and_what_was_sent()
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool refuses = true;
        fake.RefuseSetup = request => refuses && request == "PUT /_index_template/sflow-flow" ? new Refusal(403, Body: "no\nright") : null;
        fake.Refuse = (_, _) => refuses ? new Refusal(503) : null;
        await using Shipping shipping = new(fake.Url, time);
        Assert.False(shipping.State.IsUp);
        await shipping.StartAsync();
        await Shipping.UntilAsync(() => shipping.State.LastError!.Contains("manage_index_templates", StringComparison.Ordinal));
        fake.RefuseSetup = _ => null;
        await AdvanceUntilAsync(time, 1, () => shipping.State.IsUp);
        Assert.Equal(0, shipping.State.Requests);

        shipping.Offer(shipping.Flows.Many(10));
        await AdvanceUntilAsync(time, 0.05, () => shipping.State.LastError is { } error && error.Contains("status 503", StringComparison.Ordinal));
        refuses = false;
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.True(shipping.State.IsUp);
        Assert.Equal((fake.Bulks, fake.Bulks - 1), (shipping.State.Requests, shipping.State.Retries));
        Assert.InRange(shipping.State.Requests, 2, 20);
        Assert.Equal(fake.PackedBytes, shipping.State.SentBytes);
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider time, double seconds, Func<bool> done) => Shipping.UntilAsync(() =>
    {
        if (done()) return true;
        time.Advance(TimeSpan.FromSeconds(seconds));
        return false;
    });

    private static int Port(JsonNode document) => document["source"]!["port"]!.GetValue<int>();
}
