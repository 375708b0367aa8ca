using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Each record ends as exactly one of written, already there or lost, whatever the server does.</summary>
public sealed class ShipSinkTests
{
    [Fact]
    public async Task All_records_arrive_once_in_requests_of_the_allowed_size()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        await using Shipping shipping = new(fake.Url, change: options => options.BulkBytes = 100_000);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1_500));
        await shipping.SettledAsync();
        Assert.Equal((1_500, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(1_500, fake.Documents.Count);
        Assert.Equal(shipping.Flows.Many(1_500).Sum(record => (long)record.Bytes), fake.Documents.Values.Sum(Bytes));
        Assert.InRange(fake.Lengths.Max(), 90_000, 100_000);
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task Items_that_find_no_room_are_sent_again_and_no_others()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        (int, string)[] refusals = [(429, "rejected_execution_exception"), (503, "unavailable_shards_exception")];
        fake.RefuseItem = (number, document) => number < 2 && Bytes(document) % 3 == 0 ? refusals[number] : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(300)];
        shipping.Offer(records);
        await shipping.SettledAsync();
        Assert.Equal((300, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(records.Sum(record => (long)record.Bytes), fake.Documents.Values.Sum(Bytes));
        Assert.Equal(3, fake.Bulks);
        int refused = records.Count(record => record.Bytes % 3 == 0);
        Assert.InRange(fake.Lengths.Last(), fake.Lengths.First() * (refused - 5) / 300, fake.Lengths.First() * (refused + 5) / 300);
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task A_record_that_can_never_be_accepted_is_counted_and_leaves_the_rest_alone()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (_, document) => Port(document) == 32_775 ? (400, "mapper_parsing_exception") : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await shipping.SettledAsync();
        Assert.Equal((99, 0, 1, 0), shipping.Outcomes);
        string line = Assert.Single(shipping.Logged, line => line.Contains("rejects", StringComparison.Ordinal));
        Assert.Contains("status 400, mapper_parsing_exception", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(413, 25)]
    [InlineData(413, 3)]
    public async Task A_request_that_is_too_large_is_halved(int status, int most)
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Refuse = (_, items) => items > most ? new Refusal(status) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(100));
        await shipping.SettledAsync();
        Assert.Equal((100, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(100, fake.Documents.Count);
    }

    [Fact]
    public async Task A_single_record_that_is_too_large_is_rejected()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Refuse = (_, _) => new Refusal(413);
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(3));
        await shipping.SettledAsync();
        Assert.Equal((0, 0, 3, 0), shipping.Outcomes);
    }

    [Fact]
    public async Task A_record_whose_answer_was_lost_is_already_there_the_next_time()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.BeforeAnswer = number => Task.Delay(number == 0 ? 3_000 : 0);
        await using Shipping shipping = new(fake.Url, change: options => options.Timeout = TimeSpan.FromSeconds(1));
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(50));
        await shipping.SettledAsync();
        Assert.Equal((0, 50, 0, 0), shipping.Outcomes);
        Assert.Equal(50, fake.Documents.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_without_room_gets_the_same_records_after_the_wait_that_it_asks_for(int status)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, _) => null;
        fake.Refuse = (number, _) => number == 0 ? new Refusal(status, RetryAfter: "4") : null;
        Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await Shipping.UntilAsync(() => { if (fake.Bulks == 0) time.Advance(TimeSpan.FromMilliseconds(50)); return shipping.Said("failed: status"); });
        time.Advance(TimeSpan.FromSeconds(3.9));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal((1, 10), (fake.Bulks, shipping.Queue.Waiting));
        await Shipping.UntilAsync(() => { time.Advance(TimeSpan.FromSeconds(1)); return shipping.Queue.Waiting == 0; });
        Assert.Equal((10, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(2, fake.Bulks);
        await shipping.DisposeAsync();
    }

    [Theory]
    [InlineData("99999999")]
    [InlineData("Fri, 31 Dec 2999 23:59:59 GMT")]
    public async Task A_wait_without_end_that_a_server_asks_for_ends_after_five_seconds(string asked)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Refuse = (number, _) => number == 0 ? new Refusal(429, RetryAfter: asked) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await Shipping.UntilAsync(() => { if (fake.Bulks == 0) time.Advance(TimeSpan.FromMilliseconds(50)); return shipping.Said("failed: status"); });
        await Task.Delay(100, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(5.1));
        await Shipping.UntilAsync(() => shipping.Queue.Waiting == 0);
        Assert.Equal(2, fake.Bulks);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_server_that_refuses_us_is_asked_every_five_seconds_while_the_queue_stays_bounded(int status)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool refuses = true;
        fake.Refuse = (_, _) => refuses ? new Refusal(status) : null;
        Shipping shipping = new(fake.Url, time, options => options.BulkBytes = 65_536, queueBatches: 4);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20_000));
        await Shipping.UntilAsync(() => fake.Bulks == 2 && shipping.Said("refuses records"));
        time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(2, fake.Bulks);
        Assert.True(shipping.Said("refuses records"));
        Assert.InRange(shipping.Queue.Waiting, 1, 6 * 512);
        refuses = false;
        await Shipping.UntilAsync(() => { time.Advance(TimeSpan.FromSeconds(1)); return shipping.Queue.Waiting == 0; });
        Assert.Equal(20_000, shipping.Queue.Written + shipping.Queue.Lost(LossReason.QueueFull));
        Assert.Equal(shipping.Queue.Written, fake.Documents.Count);
        await shipping.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_comes_late_gets_the_templates_and_then_every_record()
    {
        int port = FreePort();
        await using Shipping shipping = new($"http://127.0.0.1:{port}");
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(1_000));
        await Shipping.UntilAsync(() => shipping.Said("is not ready for records"));
        await using FakeSearch fake = await FakeSearch.StartAsync(port);
        await shipping.SettledAsync();
        Assert.Equal((1_000, 0, 0, 0), shipping.Outcomes);
        Assert.Empty(fake.Violations);
    }

    [Fact]
    public async Task An_answer_that_is_none_of_a_search_engine_loses_nothing()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        string[] answers = ["<html>Welcome</html>", "{}", """{"items":[{"create":{"status":201}}]}""", """{"items":[{"create":{}},{"create":"""];
        fake.RefuseEncoding = (_, _) => null;
        fake.Refuse = (number, _) => number < answers.Length ? new Refusal(200, Body: answers[number]) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(2));
        await shipping.SettledAsync();
        Assert.Equal((2, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(answers.Length + 1, fake.Bulks);
    }

    [Fact]
    public async Task What_is_left_at_the_deadline_is_lost_by_name()
    {
        await using Shipping shipping = new($"http://127.0.0.1:{FreePort()}", deadline: TimeSpan.FromMilliseconds(300), queueBatches: 8);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(3_000));
        await shipping.StopAsync();
        Assert.Equal((0, 0, 0, 3_000), shipping.Outcomes);
        Assert.Equal(0, shipping.Queue.Waiting);
        Assert.True(shipping.Said("3000 records are lost"));
    }

    [Fact]
    public async Task The_stop_sends_what_waits()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        Shipping shipping = new(fake.Url, change: options => options.FlushInterval = TimeSpan.FromMinutes(5));
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(700));
        await shipping.DisposeAsync();
        Assert.Equal((700, 0, 0, 0), shipping.Outcomes);
    }

    private static long Bytes(JsonNode document) => document["network"]!["bytes"]!.GetValue<long>();

    private static int Port(JsonNode document) => document["source"]!["port"]!.GetValue<int>();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
