using Microsoft.Data.Sqlite;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

/// <summary>What other hands do to the files while the store is open. Each record is in the store, evicted, or lost under a name.</summary>
public class StoreGoneTests
{
    public static TheoryData<string> Deletions => ["folder", "database", "all files", "renamed folder", "renamed database"];

    [Theory, MemberData(nameof(Deletions))]
    public async Task A_store_that_is_deleted_begins_anew_and_what_it_held_is_counted_as_lost(string kind)
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(700));
        fixture.Write(fixture.Flows.Make(77));
        Delete(fixture, kind);

        Assert.Equal(new WriteResult(300, 0), fixture.Write(fixture.Flows.Make(300)));
        Assert.Equal(300, (await fixture.AllAsync()).Count);
        Assert.Equal((300, true), (fixture.Figures.Rows, fixture.Figures.IsUp));
        Assert.Equal([(LossReason.StoreDeleted, 777)], fixture.Store.TakeLosses());
        Assert.Single(fixture.Logs.Lines, line => line.Contains("777", StringComparison.Ordinal) && line.Contains(fixture.Options.Folder, StringComparison.Ordinal));

        // Again, and noticed without a write.
        Delete(fixture, kind);
        while (fixture.Store.Maintain()) { }
        Assert.Empty(await fixture.AllAsync());
        Assert.Equal([(LossReason.StoreDeleted, 300)], fixture.Store.TakeLosses());
        DeleteRenamed(fixture);
    }

    [Fact]
    public async Task A_folder_that_is_deleted_again_and_again_under_load_leaves_no_record_without_a_trace()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        using CancellationTokenSource stop = new();
        Task deleting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    Directory.Delete(fixture.Options.Folder, recursive: true);
                }
                catch (IOException)
                {
                    // The store makes files in it at the same time.
                }
                await Task.Delay(60);
            }
        });
        long offered = 0, settled = 0, lost = 0, deleted = 0;
        // On a busy machine, 150 batches may be written before the first deletion.
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < 150 || deleted == 0 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1); i++)
        {
            offered += 512;
            try
            {
                WriteResult result = fixture.Write(fixture.Flows.Make(512));
                settled += result.Written + result.AlreadyThere;
            }
            catch (Exception e) when (e is SqliteException or IOException or StoreUnavailableException)
            {
                lost += 512;
            }
            deleted += fixture.Store.TakeLosses().Sum(loss => loss.Records);
        }
        await stop.CancelAsync();
        await deleting;
        Assert.Equal(100, fixture.Write(fixture.Flows.Make(100)).Written);
        deleted += fixture.Store.TakeLosses().Sum(loss => loss.Records);

        TestContext.Current.TestOutputHelper?.WriteLine($"{offered} offered, {settled} settled, {lost} lost at once, {deleted} deleted");
        Assert.Equal(offered, settled + lost);
        Assert.True(deleted > 0 && settled > 0);
        Assert.Equal(offered + 100, (await fixture.AllAsync()).Count + deleted + lost);
    }

    [Theory, InlineData("-wal"), InlineData("-shm"), InlineData("both")]
    public async Task A_log_that_is_deleted_loses_nothing(string ending)
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(400));
        foreach (string end in new[] { "-wal", "-shm" })
            if (ending == end || ending == "both")
                File.Delete(fixture.DatabasePath + end);
        // A search in between says so, or finds all; never only a part.
        using RecordSearch search = fixture.Search();
        Task<SearchPage?> early = search.SearchAsync(new SearchQuery { Limit = 1000 }, Viewer.Everything, CancellationToken.None);
        if (await Xunit.Record.ExceptionAsync(() => early) is { } refused) Assert.IsType<StoreUnavailableException>(refused);
        else Assert.Equal(400, (await early)!.Flows.Count);

        Assert.Equal(new WriteResult(60, 0), fixture.Write(fixture.Flows.Make(60)));

        Assert.Equal(460, (await fixture.AllAsync()).Count);
        Assert.Empty(fixture.Store.TakeLosses());
        Assert.Empty(Directory.GetFiles(fixture.Options.Folder, "*.corrupt-*"));
    }

    [Theory, InlineData(""), InlineData("-wal")]
    public async Task A_file_that_is_cut_short_is_set_aside_and_its_records_are_counted_as_lost(string ending)
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        for (int i = 0; i < 20; i++) fixture.Write(fixture.Flows.Make(512));
        if (ending.Length == 0) Execute(fixture, "PRAGMA wal_checkpoint(TRUNCATE)");
        fixture.Write(fixture.Flows.Make(1));
        using (FileStream file = File.OpenWrite(fixture.DatabasePath + ending)) file.SetLength(file.Length / 3);

        Assert.Equal(new WriteResult(9, 0), fixture.Write(fixture.Flows.Make(9)));

        Assert.Equal(9, (await fixture.AllAsync()).Count);
        Assert.Equal([(LossReason.StoreDamaged, 10_241)], fixture.Store.TakeLosses());
        Assert.Single(Directory.GetFiles(fixture.Options.Folder, "records.db.corrupt-*Z"));
    }

    [Fact]
    public async Task Upkeep_by_another_program_is_no_damage()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        for (int i = 0; i < 20; i++) fixture.Write(fixture.Flows.Make(512));
        Execute(fixture, "DELETE FROM block WHERE last_position > 5120; VACUUM");
        Execute(fixture, "PRAGMA wal_checkpoint(TRUNCATE)");

        Assert.Equal(5, fixture.Write(fixture.Flows.Make(5)).Written);

        Assert.Equal(5_125, (await fixture.AllAsync()).Count);
        Assert.Empty(fixture.Store.TakeLosses());
    }

    [Fact]
    public async Task A_file_that_is_put_in_its_place_is_used_when_it_is_a_store_and_set_aside_otherwise()
    {
        using StoreFixture other = new(new SampleFlows());
        other.Store.Open();
        other.Write(other.Flows.Make(40));
        other.Store.Dispose();
        using StoreFixture fixture = new(other.Flows);
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(50));

        File.Move(other.DatabasePath, fixture.DatabasePath, overwrite: true);
        fixture.Write(fixture.Flows.Make(3));
        Assert.Equal(43, (await fixture.AllAsync()).Count);
        Assert.Equal([(LossReason.StoreDeleted, 50)], fixture.Store.TakeLosses());

        string foreign = Path.Combine(fixture.Options.Folder, "foreign");
        using (SqliteConnection connection = new($"Data Source={foreign};Pooling=false"))
        {
            connection.Open();
            Statement.Run(connection, "CREATE TABLE t (x)");
        }
        File.Move(foreign, fixture.DatabasePath, overwrite: true);
        fixture.Write(fixture.Flows.Make(4));
        Assert.Equal(4, (await fixture.AllAsync()).Count);
        Assert.Equal([(LossReason.StoreDeleted, 43)], fixture.Store.TakeLosses());

        File.WriteAllText(foreign, "no database");
        File.Move(foreign, fixture.DatabasePath, overwrite: true);
        fixture.Write(fixture.Flows.Make(6));
        Assert.Equal(6, (await fixture.AllAsync()).Count);
        Assert.Equal([(LossReason.StoreDeleted, 4)], fixture.Store.TakeLosses());
    }

    [Fact]
    public async Task A_folder_that_another_process_took_meanwhile_is_left_to_it_until_it_ends()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(20));
        Directory.Delete(fixture.Options.Folder, recursive: true);
        using StoreFixture second = new(fixture.Flows, folder: fixture.Options.Folder);
        second.Store.Open();
        second.Write(fixture.Flows.Make(8));

        StoreUnavailableException refused = Assert.Throws<StoreUnavailableException>(() => fixture.Write(fixture.Flows.Make(5)));
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, fixture.Figures.Trouble);
        Assert.Equal(8, (await second.AllAsync()).Count);

        second.Store.Dispose();
        Assert.Equal(5, fixture.Write(fixture.Flows.Make(5)).Written);
        Assert.Equal(13, (await fixture.AllAsync()).Count);
        Assert.Null(fixture.Figures.Trouble);
    }

    [Fact]
    public void A_lock_that_was_deleted_is_taken_again()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        File.Delete(Path.Combine(fixture.Options.Folder, "lock"));
        fixture.Write(fixture.Flows.Make(5));
        using StoreFixture second = new(fixture.Flows, folder: fixture.Options.Folder);

        Assert.Throws<StoreUnavailableException>(second.Store.Open);
        Assert.Empty(fixture.Store.TakeLosses());
    }

    private static void Delete(StoreFixture fixture, string kind)
    {
        if (kind == "folder") Directory.Delete(fixture.Options.Folder, recursive: true);
        else if (kind == "database") File.Delete(fixture.DatabasePath);
        else if (kind == "all files") Array.ForEach(Directory.GetFiles(fixture.Options.Folder), File.Delete);
        else if (kind == "renamed folder") Directory.Move(fixture.Options.Folder, $"{fixture.Options.Folder}.away{Guid.NewGuid():N}");
        else File.Move(fixture.DatabasePath, fixture.DatabasePath + ".away", overwrite: true);
    }

    private static void DeleteRenamed(StoreFixture fixture)
    {
        foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), Path.GetFileName(fixture.Options.Folder) + ".away*"))
            Directory.Delete(folder, recursive: true);
    }

    private static void Execute(StoreFixture fixture, string sql)
    {
        using SqliteConnection connection = new($"Data Source={fixture.DatabasePath};Pooling=false");
        connection.Open();
        Statement.Run(connection, sql);
    }
}
