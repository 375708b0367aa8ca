using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>The whole sink with its spool: an outage fills it, the server's return empties it, and a stop leaves it for the next start.</summary>
public sealed class SpoolShippingTests : IDisposable
{
    private const int BodyBytes = 65_536, QueueBatches = 4, Records = 20_000;

    private readonly string folder = Directory.CreateTempSubdirectory("spool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_outage_loses_nothing_with_the_spool_and_names_its_losses_without()
    {
        Assert.Equal((Records, 0), await OutageAsync(folder));
        (long written, long lost) = await OutageAsync(null);
        Assert.Equal(Records, written + lost);
        Assert.True(lost > Records / 2, $"{lost} lost");
    }

    [Theory]
    [InlineData(90, true, 90)]
    [InlineData(99_999, true, 300)]
    [InlineData(90, false, 5)]
    public async Task A_server_may_ask_for_a_long_wait_if_a_spool_keeps_the_records(int asked, bool hasSpool, int waited)
    {
        FakeTimeProvider time = new();
        bool busy = true;
        int requests = 0;
        using FakeTransport server = new()
        {
            Answer = (_, _, _) =>
            {
                Interlocked.Increment(ref requests);
                return Task.FromResult(busy ? new SearchResponse(429, default, RetryAfter: TimeSpan.FromSeconds(asked)) : null);
            },
        };
        await using Shipping shipping = new(server, time: time, spool: hasSpool ? folder : null);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(10));
        await Shipping.UntilAsync(() =>
        {
            if (requests == 0) time.Advance(TimeSpan.FromMilliseconds(50));
            return shipping.Said("Bulk request to");
        });
        await Task.Delay(200, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(waited - 1));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(1, requests);
        busy = false;
        time.Advance(TimeSpan.FromSeconds(1));
        await shipping.SettledAsync();
        Assert.Equal((10, 0, 0, 0), shipping.Outcomes);
        Assert.Equal(2, requests);
    }

    [Fact]
    public void A_spool_that_is_half_full_or_keeps_records_for_minutes_only_allows_short_waits()
    {
        using SpoolFixture spool = new(bytes: 100_000);
        Assert.Equal(TimeSpan.FromMinutes(5), spool.Bodies.LongestRetryAfter);
        while (spool.Stats.Bytes < 50_000) Assert.True(spool.Append());
        Assert.Equal(TimeSpan.FromSeconds(5), spool.Bodies.LongestRetryAfter);
        using SpoolFixture brief = new(ageSeconds: 600);
        Assert.Equal(TimeSpan.FromSeconds(5), brief.Bodies.LongestRetryAfter);
    }

    [Fact]
    public async Task A_stop_during_an_outage_keeps_all_records_for_the_next_start()
    {
        using FakeTransport away = new() { Answer = (_, _, _) => Task.FromResult<SearchResponse?>(new SearchResponse(503, default)) };
        await using (Shipping first = new(away, change: Change, deadline: TimeSpan.FromSeconds(3), queueBatches: 64, spool: folder))
        {
            await first.StartAsync();
            first.Offer(first.Flows.Many(5_000));
            await first.StopAsync();
            Assert.Equal((0, 0, 0, 0), first.Outcomes);
            Assert.Equal(5_000, first.Spool!.Records);
            Assert.True(first.Said("keeps 5000 records for the next start"));
        }
        using FakeTransport server = new();
        await using Shipping second = new(server, change: Change, spool: folder);
        await second.StartAsync();
        await second.SettledAsync();
        Assert.Equal((5_000, 0, 0, 0), second.Outcomes);
        Assert.Equal(5_000, server.Documents.Count);
        await Shipping.UntilAsync(() => second.Spool!.Bytes == 0);
    }

    [Fact]
    public async Task Records_of_a_body_that_was_divided_are_kept_at_the_deadline()
    {
        int accepted = 0;
        using FakeTransport server = new()
        {
            Answer = async (_, items, cancellation) =>
            {
                if (items > 10) return new SearchResponse(413, default);
                if (Interlocked.Increment(ref accepted) <= 2) return null;
                await Task.Delay(Timeout.Infinite, cancellation);
                return null;
            },
        };
        await using (Shipping first = new(server, change: Change, deadline: TimeSpan.FromSeconds(2), spool: folder))
        {
            await first.StartAsync();
            first.Offer(first.Flows.Many(60));
            await Shipping.UntilAsync(() => Volatile.Read(ref accepted) > 2);
            await first.StopAsync();
            Assert.InRange(first.Queue.Written, 1, 59);
            Assert.Equal(60, first.Queue.Written + first.Spool!.Records);
        }
        using FakeTransport healthy = new();
        await using Shipping second = new(healthy, change: Change, spool: folder);
        await second.StartAsync();
        await second.SettledAsync();
        Assert.Empty(healthy.Documents.Keys.Intersect(server.Documents.Keys));
        Assert.Equal(60, healthy.Documents.Count + server.Documents.Count);
    }

    /// <summary>Offers more than fits into memory while the server refuses everything, then lets it recover.</summary>
    private static async Task<(long Written, long Lost)> OutageAsync(string? spool)
    {
        bool isAway = true;
        using FakeTransport server = new() { Answer = (_, _, _) => Task.FromResult(Volatile.Read(ref isAway) ? new SearchResponse(503, default) : null) };
        await using Shipping shipping = new(server, change: Change, queueBatches: QueueBatches, spool: spool);
        await shipping.StartAsync();
        Flow[] records = [.. shipping.Flows.Many(Records)];
        shipping.Offer(records.Take(500));
        if (shipping.Spool is { } disk) await Shipping.UntilAsync(() => disk.Records > 0);
        foreach (Flow[] some in records.Skip(500).Chunk(512))
        {
            shipping.Offer(some);
            // As fast as the sender of the records would be: the spool keeps up with it.
            if (spool is not null) await Shipping.UntilAsync(() => shipping.Queue.Reader.Count == 0);
        }
        Volatile.Write(ref isAway, false);
        await shipping.SettledAsync();
        long lost = Enum.GetValues<LossReason>().Sum(shipping.Queue.Lost);
        Assert.Equal(shipping.Queue.Written, server.Documents.Count);
        return (shipping.Queue.Written, lost);
    }

    private static void Change(ElasticsearchOptions options) => options.BulkBytes = BodyBytes;
}
