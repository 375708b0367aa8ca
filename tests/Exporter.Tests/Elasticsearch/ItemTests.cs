using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Elasticsearch;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Only what the server says of this document rejects it; its own troubles do not.</summary>
public sealed class ItemTests
{
    [Theory]
    [InlineData(500, "node_not_connected_exception")]
    [InlineData(500, null)]
    [InlineData(507, "insufficient_storage")]
    [InlineData(599, "anything")]
    [InlineData(429, "circuit_breaking_exception")]
    [InlineData(408, "timeout_exception")]
    [InlineData(400, "index_closed_exception")]
    [InlineData(400, "validation_exception")]
    [InlineData(400, "illegal_argument_exception")]
    [InlineData(400, null)]
    [InlineData(302, null)]
    public async Task Items_wait_for_as_long_as_the_server_takes_none_at_all(int status, string? type)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool refuses = true;
        fake.RefuseItem = (_, _) => refuses ? (status, type!) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(30));
        await AdvanceUntilAsync(time, 1, () => fake.Bulks >= 30);
        Assert.Equal((0, 0, 0, 0), shipping.Outcomes);
        Assert.False(shipping.State.IsUp);
        refuses = false;
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((30, 0, 0, 0), shipping.Outcomes);
        Assert.True(shipping.State.IsUp);
    }

    [Theory]
    [InlineData("illegal_argument_exception")]
    [InlineData("script_exception")]
    public async Task An_item_of_a_doubtful_reason_is_rejected_after_the_server_took_others_meanwhile(string type)
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (_, document) => document["source"]!["port"]!.GetValue<int>() == 32_771 ? (400, type) : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(40));
        await AdvanceUntilAsync(time, 0.2, () => shipping.Queue.Written == 39);
        Assert.Equal(0, shipping.Outcomes.Rejected);
        shipping.Offer(shipping.Flows.Many(90).Skip(40));
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((89, 0, 1, 0), shipping.Outcomes);
        Assert.True(shipping.Said($"rejects a record: status 400, {type}"));
    }

    [Fact]
    public async Task One_bad_document_does_not_hold_the_way_for_ever_where_nothing_else_is_sent()
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseItem = (_, document) => document["source"]!["port"]!.GetValue<int>() == 32_771 ? (400, "illegal_argument_exception") : null;
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(40));
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.Equal((39, 0, 1, 0), shipping.Outcomes);
        Assert.InRange(fake.Bulks, 15, 40);
    }

    [Fact]
    public async Task The_sink_is_down_while_every_record_is_rejected()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        bool rejects = true;
        fake.RefuseItem = (_, _) => rejects ? (400, "mapper_parsing_exception") : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20));
        await shipping.SettledAsync();
        Assert.Equal((0, 0, 20, 0), shipping.Outcomes);
        await Shipping.UntilAsync(() => !shipping.State.IsUp);
        Assert.Contains("rejects all 20 records", shipping.State.LastError, StringComparison.Ordinal);
        rejects = false;
        shipping.Offer(shipping.Flows.Many(30).Skip(20));
        await shipping.SettledAsync();
        await Shipping.UntilAsync(() => shipping.State.IsUp);
    }

    [Fact]
    public async Task The_sink_stays_down_between_the_tries_while_setup_succeeds_and_no_record_gets_through()
    {
        FakeTimeProvider time = new();
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.RefuseEncoding = (_, _) => new Refusal(503);
        await using Shipping shipping = new(fake.Url, time);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(20));
        await AdvanceUntilAsync(time, 0.05, () => shipping.Said("failed: status 503"));
        int up = 0;
        await AdvanceUntilAsync(time, 0.05, () =>
        {
            if (shipping.State.IsUp) up++;
            return fake.Bulks >= 6;
        });
        Assert.Equal(0, up);
        fake.RefuseEncoding = (_, _) => null;
        await AdvanceUntilAsync(time, 1, () => shipping.Queue.Waiting == 0);
        Assert.True(shipping.State.IsUp);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_said_with_its_records_and_bytes()
    {
        await using FakeSearch fake = await FakeSearch.StartAsync();
        fake.Refuse = (_, items) => items > 17 ? new Refusal(413) : null;
        await using Shipping shipping = new(fake.Url);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(33));
        await shipping.SettledAsync();
        Assert.Equal((33, 0, 0, 0), shipping.Outcomes);
        Assert.True(shipping.Said($"does not take 33 records of {fake.Lengths.First()} bytes"));
    }

    [Fact]
    public void An_item_is_one_thing_only()
    {
        string?[] types = [null, "mapper_parsing_exception", "illegal_argument_exception", "x"];
        foreach (int status in Enumerable.Range(100, 500))
            foreach (string? type in types)
            {
                BulkItem item = new(status, type);
                bool[] kinds = [item.IsWritten, item.IsAlreadyThere, item.IsRefused, item.IsRejected, item.IsDoubtful];
                Assert.True(kinds.Count(kind => kind) <= 1, $"{item}");
            }
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider time, double seconds, Func<bool> done) => Shipping.UntilAsync(() =>
    {
        if (done()) return true;
        time.Advance(TimeSpan.FromSeconds(seconds));
        return false;
    });
}
