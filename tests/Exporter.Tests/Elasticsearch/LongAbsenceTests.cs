using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>
/// A server that is away for ten minutes, by stepped time. CI offers a tenth of 2,000 records a second; with <c>SFLOW_LONG=1</c> it is all of them.
/// </summary>
public sealed class LongAbsenceTests(ITestOutputHelper output)
{
    private const int Seconds = 600;

    private long last;

    private static int PerSecond => Environment.GetEnvironmentVariable("SFLOW_LONG") == "1" ? 2_000 : 200;

    [Fact]
    public async Task Ten_minutes_without_the_server_fill_the_spool_and_lose_nothing()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("spool-");
        try
        {
            bool isAway = true;
            FakeTimeProvider time = new();
            using FakeTransport server = new() { Answer = (_, _, _) => Task.FromResult(Volatile.Read(ref isAway) ? new SearchResponse(503, default) : null) };
            await using Shipping shipping = new(server, time: time, change: options => options.BulkBytes = 1 << 20, spool: folder.FullName);
            await shipping.StartAsync();
            using IEnumerator<Flow> records = shipping.Flows.Many(PerSecond * Seconds).GetEnumerator();
            for (int second = 0; second < Seconds; second++)
            {
                shipping.Offer(Take(records, PerSecond));
                await StepAsync(shipping, time);
            }
            SpoolStats spool = shipping.Spool!;
            (long bytes, long kept) = (spool.Bytes, spool.Records);
            // All but what two requests and the memory hold is on disk, and the age says for how long.
            Assert.InRange(kept, PerSecond * Seconds * 9 / 10, PerSecond * Seconds);
            Assert.InRange(Math.Max(shipping.Stats.Lag().TotalSeconds, spool.OldestSeconds), Seconds - 5, Seconds + 60);

            Volatile.Write(ref isAway, false);
            long start = Stopwatch.GetTimestamp();
            await Shipping.UntilAsync(() =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return shipping.Queue.Waiting == 0;
            });
            output.WriteLine($"{PerSecond * Seconds} records, {kept} of them in {bytes / 1_000_000} MB on disk, sent in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
            Assert.Equal(PerSecond * Seconds, shipping.Queue.Written + shipping.Queue.AlreadyThere);
            Assert.Equal(0, Enum.GetValues<LossReason>().Sum(shipping.Queue.Lost));
            Assert.Equal(PerSecond * Seconds, server.Documents.Count);
            await Shipping.UntilAsync(() => (spool.Records, spool.Bytes) == (0, 0));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_disk_that_is_full_costs_only_what_the_memory_can_not_hold_and_counts_it()
    {
        const int Batches = 8, Records = 12_000;
        using SmallDisk disk = SmallDisk.Mount("256k");
        bool isAway = true;
        FakeTimeProvider time = new();
        using FakeTransport server = new() { Answer = (_, _, _) => Task.FromResult(Volatile.Read(ref isAway) ? new SearchResponse(503, default) : null) };
        await using Shipping shipping = new(server, time: time, change: options => options.BulkBytes = 1 << 16, queueBatches: Batches, spool: Path.Combine(disk.Folder, "spool"));
        await shipping.StartAsync();
        using IEnumerator<Flow> records = shipping.Flows.Many(Records).GetEnumerator();
        for (int i = 0; i < Records / 500; i++)
        {
            shipping.Offer(Take(records, 500));
            await StepAsync(shipping, time);
        }
        Assert.False(shipping.Spool!.IsUp);
        Assert.InRange(shipping.Spool.Records, 1, Records / 2);
        Volatile.Write(ref isAway, false);
        await Shipping.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return shipping.Queue.Waiting == 0;
        });
        long lost = shipping.Queue.Lost(LossReason.QueueFull);
        Assert.InRange(lost, 1, Records - 1);
        Assert.Equal(lost, Enum.GetValues<LossReason>().Sum(shipping.Queue.Lost));
        Assert.Equal(Records, shipping.Queue.Written + shipping.Queue.AlreadyThere + lost);
        Assert.Equal(Records - lost, server.Documents.Count);
        output.WriteLine($"{Records} records, a disk of 256 KiB and {Batches} batches in memory: {lost} lost and counted");
    }

    /// <summary>A second passes, and the sink gets the time to do in it what it would do.</summary>
    private static async Task StepAsync(Shipping shipping, FakeTimeProvider time)
    {
        for (int part = 0; part < 4; part++)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            for (int i = 0; i < 20 && shipping.Queue.Reader.Count > 0; i++) await Task.Delay(1);
        }
    }

    private IEnumerable<Flow> Take(IEnumerator<Flow> records, int count)
    {
        for (int i = 0; i < count && records.MoveNext(); i++)
        {
            Flow record = records.Current;
            // More records than the ids of the usual ones.
            record.IdHigh = (ulong)Interlocked.Increment(ref last);
            yield return record;
        }
    }
}
