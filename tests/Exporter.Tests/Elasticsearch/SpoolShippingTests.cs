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
