using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Between the writer and the senders: bodies of bytes, bounded, and each record with one outcome whatever the queue is made of.</summary>
public sealed class BulkQueueTests
{
    private const int BodyBytes = 65_536;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Each_record_has_one_outcome_whatever_the_server_answers(int seed)
    {
        Random random = new(seed);
        Lock gate = new();
        using FakeTransport server = new()
        {
            Status = id => Roll(20) switch { 0 => 429, 1 => 503, _ => id.GetHashCode(StringComparison.Ordinal) % 50 == 0 ? 400 : 0 },
            LosesAnswer = _ => Roll(6) == 0,
            Answer = (_, items, _) => Task.FromResult(Roll(8) switch
            {
                0 => new SearchResponse(429, default, TimeSpan.Zero),
                1 => new SearchResponse(200, "not JSON"u8.ToArray(), TimeSpan.Zero),
                2 when items > 20 => new SearchResponse(413, default),
                _ => null,
            }),
        };
        HurriedTime time = new();
        await using Shipping shipping = new(server, time: time, change: options => options.BulkBytes = BodyBytes);
        await shipping.StartAsync();
        shipping.Offer(shipping.Flows.Many(3_000));
        await shipping.SettledAsync();

        (long written, long alreadyThere, long rejected, long shutdown) = shipping.Outcomes;
        Assert.Equal((3_000, 0), (written + alreadyThere + rejected, shutdown));
        Assert.Equal(3_000 - rejected, server.Documents.Count);

        int Roll(int sides)
        {
            lock (gate) return random.Next(sides);
        }
    }

    [Fact]
    public async Task Little_waits_as_bytes_and_the_rest_in_the_fair_queue_while_the_server_is_silent()
    {
        using FakeTransport server = new() { Answer = SilentAsync };
        await using Shipping shipping = new(server, change: options => options.BulkBytes = BodyBytes, deadline: TimeSpan.FromMilliseconds(200), queueBatches: 16);
        await shipping.StartAsync();
        int smallest = shipping.Flows.Many(1).Select(record => shipping.Flows.Document(record).ToJsonString().Length).Single();
        // Two bodies are on their way, one waits, one is open; the writer holds one batch.
        int outside = 4 * BodyBytes / smallest + RecordQueue.BatchSize;
        for (int i = 0; i < 20; i++)
        {
            shipping.Offer(shipping.Flows.Many(RecordQueue.BatchSize));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        // One agent alone gets seven eighths of the queue.
        Assert.InRange(shipping.Queue.Reader.Count, 14, 16);
        Assert.InRange(shipping.Queue.Waiting, 14 * RecordQueue.BatchSize, 16 * RecordQueue.BatchSize + outside);
        Assert.Equal(20 * RecordQueue.BatchSize, shipping.Queue.Waiting + shipping.Queue.Lost(LossReason.QueueFull));
        await shipping.StopAsync();
        Assert.Equal((0, 20 * RecordQueue.BatchSize), (shipping.Queue.Waiting, shipping.Queue.Lost(LossReason.QueueFull) + shipping.Outcomes.Shutdown));
    }

    [Fact]
    public async Task A_queue_on_disk_keeps_for_the_next_start_what_the_stop_leaves()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            using FakeTransport server = new() { Answer = SilentAsync };
            await using (Shipping first = new(server, new FolderQueue(folder.FullName), change: options => options.BulkBytes = BodyBytes, deadline: TimeSpan.FromSeconds(1)))
            {
                await first.StartAsync();
                first.Offer(first.Flows.Many(2_000));
                await Shipping.UntilAsync(() => first.Queue.Reader.Count == 0);
                await first.StopAsync();
                Assert.Equal((0, 0, 0, 0), first.Outcomes);
            }
            Assert.NotEmpty(folder.EnumerateFiles());

            using FakeTransport healthy = new();
            await using Shipping second = new(healthy, new FolderQueue(folder.FullName));
            await second.StartAsync();
            await Shipping.UntilAsync(() => second.Queue.Written == 2_000);
            Assert.Equal(2_000, healthy.Documents.Count);
            await Shipping.UntilAsync(() => !folder.EnumerateFiles().Any());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_body_is_bounded_in_bytes_and_in_items()
    {
        BulkBody bytes = new(1_000), items = new(int.MaxValue);
        while (bytes.TryAdd("0123456789"u8)) { }
        while (items.TryAdd("\n"u8)) { }
        Assert.Equal((1_000, 100), (bytes.Length, bytes.Count));
        Assert.Equal(BulkBody.MostItems, items.Count);
    }

    private static async Task<SearchResponse?> SilentAsync(int number, int items, CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        return null;
    }

    /// <summary>A clock whose timers are due at once, so that pauses take no time.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan || dueTime > TimeSpan.FromSeconds(6) ? dueTime : TimeSpan.FromMilliseconds(Math.Min(1, dueTime.TotalMilliseconds)), period);
    }
}
