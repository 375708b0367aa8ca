using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

public class RecordSinkTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Every_record_that_is_offered_is_written_already_there_or_lost()
    {
        using StoreFixture fixture = new(new SampleFlows());
        RecordQueue queue = new(RecordSink.Name, 4);
        using RecordSink sink = Sink(fixture, queue, TimeSpan.FromSeconds(30));
        await sink.StartAsync(None);
        Flow[] records = fixture.Flows.Make(20_000);
        long offered = 0;
        // Twice, and faster than it can be written, so that all three ways are taken.
        for (int round = 0; round < 2; round++)
        {
            foreach (RecordBatch batch in fixture.Batches(records))
            {
                offered += batch.Count;
                queue.Offer(batch);
            }
            for (int wait = 0; queue.Waiting > 0 && wait < 1000; wait++) await Task.Delay(10);
        }
        // Those of the first round are there again.
        foreach (RecordBatch batch in fixture.Batches(records[..1024]))
        {
            offered += batch.Count;
            queue.Offer(batch);
        }
        await sink.StopAsync(None);

        long lost = queue.Lost(LossReason.QueueFull);
        Assert.Equal(offered, queue.Written + queue.AlreadyThere + lost);
        Assert.Equal(0, queue.Waiting);
        Assert.True(lost > 0 && queue.Written > 0 && queue.AlreadyThere > 0, $"lost {lost}, written {queue.Written}, already there {queue.AlreadyThere}");
        Assert.Equal(queue.Written, (await fixture.AllAsync()).Count);
    }

    [Fact]
    public async Task A_stop_drains_what_waits()
    {
        using StoreFixture fixture = new(new SampleFlows());
        RecordQueue queue = new(RecordSink.Name, 64);
        using RecordSink sink = Sink(fixture, queue, TimeSpan.FromSeconds(30));
        await sink.StartAsync(None);
        foreach (RecordBatch batch in fixture.Batches(fixture.Flows.Make(20_000))) queue.Offer(batch);
        await sink.StopAsync(None);

        Assert.Equal(20_000, queue.Written);
        Assert.Equal(0, queue.Waiting);
        Assert.Equal(20_000, (await fixture.AllAsync()).Count);
    }

    [Fact]
    public async Task What_is_left_at_the_deadline_is_lost_by_shutdown_and_logged()
    {
        using StoreFixture fixture = new(new SampleFlows());
        RecordQueue queue = new(RecordSink.Name, 256);
        foreach (RecordBatch batch in fixture.Batches(fixture.Flows.Make(60_000))) queue.Offer(batch);
        using RecordSink sink = Sink(fixture, queue, TimeSpan.Zero);
        await sink.StartAsync(None);
        await sink.StopAsync(None);

        long lost = queue.Lost(LossReason.Shutdown);
        Assert.InRange(lost, 1, 60_000);
        Assert.Equal(60_000, queue.Written + lost);
        Assert.Equal(0, queue.Waiting);
        Assert.Contains(fixture.Logs.Lines, line => line.Contains($"{lost} records are lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_without_room_for_a_store_loses_batches_by_name_logs_once_a_minute_and_recovers_when_there_is_room()
    {
        using SmallDisk disk = SmallDisk.Mount("3m");
        using StoreFixture fixture = new(new SampleFlows(), folder: Path.Combine(disk.Folder, "data"));
        string filler = Path.Combine(disk.Folder, "filler");
        Directory.CreateDirectory(fixture.Options.Folder);
        Fill(filler);
        RecordQueue queue = new(RecordSink.Name, 64);
        using RecordSink sink = Sink(fixture, queue, TimeSpan.FromSeconds(30));
        await sink.StartAsync(None);
        await OfferAsync(fixture, queue, 40);
        Assert.Equal(40 * 512, queue.Lost(LossReason.WriteFailed));
        Assert.False(fixture.Figures.IsUp);
        Assert.Single(fixture.Logs.Lines, line => line.Contains("The store can't", StringComparison.Ordinal));

        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        await OfferAsync(fixture, queue, 1);
        Assert.Equal(2, fixture.Logs.Lines.Count(line => line.Contains("The store can't", StringComparison.Ordinal)));

        File.Delete(filler);
        await OfferAsync(fixture, queue, 2);
        Assert.Equal(1024, queue.Written);
        Assert.True(fixture.Figures.IsUp);
        await sink.StopAsync(None);
        Assert.Equal(queue.Written, (await fixture.AllAsync()).Count);
    }

    [Fact]
    public async Task A_disk_that_is_full_at_the_start_loses_records_until_there_is_room()
    {
        using SmallDisk disk = SmallDisk.Mount("1m");
        using StoreFixture fixture = new(new SampleFlows(), folder: Path.Combine(disk.Folder, "data"));
        string filler = Path.Combine(disk.Folder, "filler");
        Directory.CreateDirectory(fixture.Options.Folder);
        Fill(filler);
        RecordQueue queue = new(RecordSink.Name, 64);
        using RecordSink sink = Sink(fixture, queue, TimeSpan.FromSeconds(30));
        await sink.StartAsync(None);
        await OfferAsync(fixture, queue, 1);
        Assert.Equal(512, queue.Lost(LossReason.WriteFailed));

        File.Delete(filler);
        await OfferAsync(fixture, queue, 1);
        Assert.Equal(512, queue.Written);
        await sink.StopAsync(None);
    }

    [Fact]
    public async Task A_read_only_folder_fails_the_start_with_what_to_do()
    {
        using SmallDisk disk = SmallDisk.Mount("1m");
        disk.MakeReadOnly();
        using StoreFixture fixture = new(new SampleFlows(), folder: Path.Combine(disk.Folder, "data"));
        using RecordSink sink = Sink(fixture, new RecordQueue(RecordSink.Name, 4), TimeSpan.Zero);

        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => sink.StartAsync(None));

        Assert.Contains("can't be written", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--store false", refused.Message, StringComparison.Ordinal);
    }

    private static RecordSink Sink(StoreFixture fixture, RecordQueue queue, TimeSpan deadline) =>
        new(fixture.Store, queue, new ShutdownOptions { Deadline = deadline }, fixture.Clock, new Logger<RecordSink>(fixture.Logs));

    private static async Task OfferAsync(StoreFixture fixture, RecordQueue queue, int batches)
    {
        foreach (RecordBatch batch in fixture.Batches(fixture.Flows.Make(batches * 512))) queue.Offer(batch);
        for (int wait = 0; queue.Waiting > 0 && wait < 3000; wait++) await Task.Delay(10);
        Assert.Equal(0, queue.Waiting);
    }

    private static void Fill(string path) => SmallDisk.Fill(path);
}
