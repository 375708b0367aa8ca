using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Memory first, then the disk; and every record has one outcome, or is on disk.</summary>
public sealed class SpoolQueueTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_server_that_keeps_up_needs_no_disk()
    {
        using SpoolFixture fixture = new();
        for (int i = 0; i < 20; i++)
        {
            await fixture.Bodies.AddAsync(fixture.Body(10), Never);
            BulkBody body = (await fixture.Bodies.TakeAsync(Never))!;
            Assert.Equal(Enumerable.Range(i * 10, 10), SpoolFixture.Numbers(body));
            fixture.Bodies.Settle(body);
        }
        Assert.Empty(fixture.Files);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_for_a_second_sends_bodies_to_disk_in_order()
    {
        using SpoolFixture fixture = new();
        await fixture.Bodies.AddAsync(fixture.Body(10), Never);
        Task<BulkBody> second = fixture.Bodies.AddAsync(fixture.Body(10), Never).AsTask();
        fixture.Time.Advance(TimeSpan.FromMilliseconds(900));
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        await Shipping.UntilAsync(() =>
        {
            fixture.Time.Advance(TimeSpan.FromMilliseconds(100));
            return second.IsCompleted;
        });
        // Now the disk has bodies, and later ones go behind them at once.
        await fixture.Bodies.AddAsync(fixture.Body(10), Never);
        Assert.Equal(20, fixture.Stats.Records);
        fixture.Bodies.Complete();
        List<int> numbers = [];
        while (await fixture.Bodies.TakeAsync(Never) is { } body)
        {
            numbers.AddRange(SpoolFixture.Numbers(body));
            fixture.Bodies.Settle(body);
        }
        Assert.Equal(Enumerable.Range(0, 30), numbers);
        Assert.Empty(fixture.Files);
    }

    [Fact]
    public async Task At_the_deadline_all_bodies_are_kept_for_the_next_start()
    {
        using SpoolFixture fixture = new();
        await fixture.Bodies.AddAsync(fixture.Body(10), Never);
        BulkBody onItsWay = (await fixture.Bodies.TakeAsync(Never))!;
        await fixture.Bodies.AddAsync(fixture.Body(10), Never);
        await fixture.Bodies.AddAsync(fixture.Body(10), new CancellationToken(canceled: true));
        onItsWay.Keep([7, 8, 9]);
        Assert.Equal(0, fixture.Bodies.Abandon(onItsWay, 3));
        Assert.Equal(0, fixture.Bodies.Close());
        Assert.Contains("keeps 23 records for the next start", Assert.Single(fixture.Logged), StringComparison.Ordinal);
        fixture.Reopen();
        Assert.Equal([7, 8, 9, .. Enumerable.Range(10, 20)], fixture.TakeAll().Order());
    }

    /// <summary>Each schedule adds, takes, settles, abandons, stops, kills, and lets time pass. What is not settled or named as lost is in the spool.</summary>
    [Theory]
    [InlineData(200)]
    public async Task Counted_is_settled_and_named_losses_over_any_schedule(int schedules)
    {
        for (int seed = 0; seed < schedules; seed++) await RunAsync(new Random(seed), $"seed {seed}");
    }

    private static async Task RunAsync(Random random, string seed)
    {
        using SpoolFixture fixture = new(bytes: random.Next(2_000, 100_000), ageSeconds: random.Next(60, 6_000));
        long offered = 0, settled = 0, lost = 0, inMemory = 0;
        HashSet<int> confirmed = [];
        List<BulkBody> taken = [];
        CancellationToken passed = new(canceled: true);
        for (int step = 0; step < 150; step++)
        {
            switch (random.Next(12))
            {
                case < 5:
                    BulkBody body = fixture.Body(random.Next(1, 20));
                    int records = body.Count;
                    offered += records;
                    fixture.Queue.CountFound(records);
                    try
                    {
                        await fixture.Bodies.AddAsync(body, passed);
                    }
                    catch (OperationCanceledException)
                    {
                        fixture.Queue.CountLost(LossReason.Shutdown, records);
                    }
                    break;
                case < 9:
                    using (CancellationTokenSource shortly = new())
                    {
                        Task<BulkBody?> next = fixture.Bodies.TakeAsync(shortly.Token).AsTask();
                        if (!next.IsCompleted) await shortly.CancelAsync();
                        if (next.IsCompletedSuccessfully) taken.Add((await next)!);
                    }
                    break;
                case 9 when taken.Count > 0:
                    BulkBody done = taken[random.Next(taken.Count)];
                    taken.Remove(done);
                    Assert.All(SpoolFixture.Numbers(done), number => Assert.True(confirmed.Add(number), $"{seed}: record {number} was settled twice"));
                    settled += done.Count;
                    fixture.Queue.CountWritten(done.Count);
                    fixture.Bodies.Settle(done);
                    break;
                case 10:
                    fixture.Time.Advance(TimeSpan.FromSeconds(random.Next(100)));
                    break;
                case 11 when random.Next(3) == 0:
                    foreach (BulkBody left in taken) fixture.Queue.CountLost(LossReason.Shutdown, fixture.Bodies.Abandon(left, left.Count));
                    taken.Clear();
                    fixture.Queue.CountLost(LossReason.Shutdown, fixture.Bodies.Close());
                    lost += AllLost(fixture);
                    Assert.True(offered == settled + lost + fixture.Spool.Records, $"{seed}, stop: {offered} offered, {settled} settled, {lost} lost, {fixture.Spool.Records} kept");
                    Assert.Equal(fixture.Spool.Records, fixture.Queue.Waiting);
                    fixture.Reopen();
                    break;
            }
            // The rest of what waits is in the spool, in memory, or taken from a segment that was dropped.
            inMemory = fixture.Queue.Waiting - fixture.Spool.Records;
            Assert.True(inMemory >= 0 && offered == settled + lost + AllLost(fixture) + fixture.Queue.Waiting, $"{seed}, step {step}");
        }
    }

    private static long AllLost(SpoolFixture fixture) => Enum.GetValues<LossReason>().Sum(fixture.Queue.Lost);
}
