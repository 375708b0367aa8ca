using SFlow.Exporter.Elasticsearch.Spool;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Tests.Elasticsearch;

/// <summary>Bodies on disk: their order, their limits, and what is left after a kill.</summary>
public sealed class SpoolTests
{
    [Fact]
    public void Bodies_leave_in_the_order_in_which_they_came()
    {
        using SpoolFixture fixture = new(bytes: 1 << 20);
        for (int i = 0; i < 100; i++) Assert.True(fixture.Append(i % 7 + 1));
        Assert.True(fixture.Files.Length > 0);
        int records = Enumerable.Range(0, 100).Sum(i => i % 7 + 1);
        Assert.Equal(records, fixture.Stats.Records);
        Assert.Equal(fixture.Files.Sum(file => new FileInfo(file).Length), fixture.Stats.Bytes);
        Assert.Equal(Enumerable.Range(0, records), fixture.TakeAll());
        Assert.Equal((0, 0, 0), (fixture.Stats.Records, fixture.Stats.Bytes, fixture.Queue.Waiting));
        Assert.Empty(fixture.Files);
    }

    [Fact]
    public void After_a_kill_everything_without_an_outcome_is_there_and_nothing_else()
    {
        using SpoolFixture fixture = new();
        for (int i = 0; i < 5; i++) fixture.Append();
        Assert.True(fixture.Spool.TryTake(out SpoolEntry first));
        Assert.True(fixture.Spool.TryTake(out SpoolEntry _));
        fixture.Spool.Settle(first);
        fixture.Reopen();
        Assert.Equal((40, 40), (fixture.Queue.Waiting, fixture.Stats.Records));
        Assert.Contains("40 records of an earlier run", Assert.Single(fixture.Logged), StringComparison.Ordinal);
        fixture.Append();
        Assert.Equal(Enumerable.Range(10, 50), fixture.TakeAll());
        Assert.Equal((50, 0), (fixture.Queue.Written, fixture.Queue.Waiting));
    }

    [Fact]
    public void Above_its_limit_the_oldest_records_are_lost_and_counted()
    {
        const int Limit = 200_000;
        using SpoolFixture fixture = new(Limit);
        for (int i = 0; i < 500; i++)
        {
            Assert.True(fixture.Append());
            Assert.True(fixture.Files.Sum(file => new FileInfo(file).Length) <= Limit);
        }
        long lost = fixture.Lost.Full;
        Assert.InRange(lost, 1_000, 4_000);
        // The limit is used, but for one segment of an eighth.
        Assert.InRange(fixture.Stats.Bytes, Limit * 3 / 4, Limit);
        Assert.Equal(Enumerable.Range((int)lost, 5_000 - (int)lost), fixture.TakeAll());
        Assert.Equal((lost, 0, 0, 0), fixture.Lost);
        Assert.Equal(0, fixture.Queue.Waiting);
        Assert.Contains(fixture.Logged, line => line.Contains("limit of 200000B", StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_above_the_limit_stays_with_the_caller()
    {
        using SpoolFixture fixture = new(bytes: 1_000);
        Assert.False(fixture.Append(100));
        Assert.True(fixture.Append(1));
        Assert.Equal((0, 0, 0, 0), fixture.Lost);
    }

    [Fact]
    public void Records_that_are_too_old_are_lost_and_counted()
    {
        using SpoolFixture fixture = new(ageSeconds: 600);
        for (int i = 0; i < 10; i++)
        {
            fixture.Append();
            fixture.Time.Advance(TimeSpan.FromSeconds(100));
        }
        // Written 1000, 900 ... 100 seconds ago. Three were above 600 seconds at the last write, and a fourth is now.
        Assert.Equal((700, 0, 30, 0, 0), (fixture.Stats.OldestSeconds, fixture.Lost.Full, fixture.Lost.Expired, fixture.Lost.Damaged, fixture.Lost.Deleted));
        Assert.Equal(Enumerable.Range(40, 60), fixture.TakeAll());
        Assert.Equal((0, 40, 0, 0), fixture.Lost);
        Assert.Equal((0, 0), (fixture.Queue.Waiting, fixture.Stats.OldestSeconds));
    }

    [Fact]
    public void A_second_process_on_the_folder_is_refused()
    {
        using SpoolFixture fixture = new();
        StartException refusal = Assert.Throws<StartException>(() => new SpoolFixture(folder: fixture.Folder));
        Assert.Contains($"{fixture.Folder} is in use by another process", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--elasticsearch-spool", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_folder_is_noticed_and_made_again()
    {
        using SpoolFixture fixture = new();
        fixture.Append();
        Assert.True(fixture.Spool.TryTake(out SpoolEntry taken));
        fixture.Append();
        Directory.Delete(fixture.Folder, recursive: true);
        Assert.True(fixture.Append());
        Assert.Equal((0, 0, 0, 10), fixture.Lost);
        fixture.Spool.Settle(taken);
        fixture.Queue.CountWritten(10);
        Assert.Equal(Enumerable.Range(20, 10), fixture.TakeAll());
        Assert.Equal(0, fixture.Queue.Waiting);
        Assert.Contains(fixture.Logged, line => line.Contains("was deleted while the exporter runs: 10 records", StringComparison.Ordinal));
        Assert.Throws<StartException>(() => new SpoolFixture(folder: fixture.Folder));
    }

    [Fact]
    public void A_deleted_folder_is_noticed_when_the_records_are_read()
    {
        using SpoolFixture fixture = new();
        fixture.Append();
        Directory.Delete(fixture.Folder, recursive: true);
        Assert.Empty(fixture.TakeAll());
        Assert.Equal((0, 0, 0, 10), fixture.Lost);
        Assert.Equal(0, fixture.Queue.Waiting);
    }

    [Fact]
    public void A_folder_that_can_not_be_created_is_tried_again_later()
    {
        string parent = Directory.CreateTempSubdirectory("spool-").FullName, folder = Path.Combine(parent, "spool");
        try
        {
            File.WriteAllText(folder, "a file in the way");
            using SpoolFixture fixture = new(folder: folder);
            Assert.False(fixture.Stats.IsUp);
            Assert.False(fixture.Append());
            Assert.Contains("can't be written", Assert.Single(fixture.Logged), StringComparison.Ordinal);
            File.Delete(folder);
            Assert.False(fixture.Append());
            fixture.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.True(fixture.Append());
            Assert.True(fixture.Stats.IsUp);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }
}
