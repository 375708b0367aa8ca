using Microsoft.Data.Sqlite;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

public class StoreBoundsTests
{
    [Fact]
    public async Task Rows_never_exceed_the_bound_and_the_oldest_go_first()
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumRows = 3_000);
        fixture.Store.Open();
        Flow[] records = fixture.Flows.Make(20_000);
        foreach (Flow[] chunk in records.Chunk(512))
        {
            fixture.Write(chunk);
            Assert.InRange(fixture.Figures.Rows, 1, 3_000);
        }

        List<StoredFlow> stored = await fixture.AllAsync();

        Assert.Equal(fixture.Figures.Rows, stored.Count);
        Assert.InRange(stored.Count, 2_000, 3_000);
        Assert.Equal(records.Length, stored.Count + fixture.Figures.Evicted);
        Assert.Equal(records.Reverse().Take(stored.Count).Select(record => record.IdLow), stored.Select(flow => flow.Record.IdLow));
    }

    [Fact]
    public async Task Bytes_of_database_and_log_stay_within_the_bound_while_writing_and_searching()
    {
        const long bound = 8_388_608;
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumBytes = bound);
        fixture.Store.Open();
        using RecordSearch search = fixture.Search();
        using CancellationTokenSource stop = new();
        Task searching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await search.SearchAsync(new SearchQuery { Namespace = "team-1", Limit = 1000 }, Viewer.Everything, CancellationToken.None);
        });
        long peak = 0;
        for (int i = 0; i < 150; i++)
        {
            // Sequence numbers at random are the index' worst case.
            Assert.Equal(512, fixture.Write(fixture.Flows.Make(512)).Written);
            peak = Math.Max(peak, fixture.BytesOnDisk);
        }
        await stop.CancelAsync();
        await searching;

        TestContext.Current.TestOutputHelper?.WriteLine($"peak {peak}, rows {fixture.Figures.Rows}");
        Assert.InRange(peak, bound / 2, bound);
        Assert.Equal(150 * 512, fixture.Figures.Rows + fixture.Figures.Evicted);
        Assert.Equal(fixture.BytesOnDisk, fixture.Figures.Bytes);
    }

    [Fact]
    public async Task A_bound_that_was_lowered_is_reached_and_the_space_given_back()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        for (int i = 0; i < 100; i++) fixture.Write(fixture.Flows.Make(512));
        Assert.True(fixture.BytesOnDisk > 9_000_000);
        fixture.Store.Dispose();

        using StoreFixture lowered = new(fixture.Flows, options => options.MaximumBytes = 8_388_608, fixture.Options.Folder);
        lowered.Store.Open();
        while (lowered.Store.Maintain()) { }
        Assert.Equal(512, lowered.Write(fixture.Flows.Make(512)).Written);

        Assert.InRange(lowered.BytesOnDisk, 1, 8_388_608);
        Assert.Equal(lowered.Figures.Rows, (await lowered.AllAsync()).Count);
        Assert.True(lowered.Figures.Rows > 5_000);
    }

    [Fact]
    public async Task Records_older_than_the_bound_go_and_no_others()
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumAge = TimeSpan.FromMinutes(5));
        fixture.Store.Open();
        // 9000 records of 50 ms each are 7.5 minutes.
        Flow[] records = fixture.Flows.Make(9_000);
        foreach (Flow[] chunk in records.Chunk(512)) fixture.Write(chunk);
        fixture.Time.Advance(TimeSpan.FromMinutes(8));
        while (fixture.Store.Maintain()) { }

        long cutoff = (fixture.Time.GetUtcNow() - TimeSpan.FromMinutes(5)).ToUnixNanoseconds();
        ulong[] expected = [.. records.Where(record => record.TimestampNanoseconds >= cutoff).Select(record => record.IdLow).Reverse()];
        Assert.InRange(expected.Length, 100, 8_900);
        Assert.Equal(expected, (await fixture.AllAsync()).Select(flow => flow.Record.IdLow));
        Assert.Equal(records.Length - expected.Length, fixture.Figures.Evicted);
    }

    [Fact]
    public async Task Positions_go_on_after_everything_was_evicted()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(100));
        fixture.Time.Advance(TimeSpan.FromDays(30));
        while (fixture.Store.Maintain()) { }
        Assert.Equal(0, fixture.Figures.Rows);
        fixture.Store.Dispose();
        fixture.Store.Open();

        fixture.Write(fixture.Flows.Make(1));

        Assert.Equal(101, Assert.Single(await fixture.AllAsync()).Position);
    }

    [Fact]
    public async Task Names_that_no_record_uses_any_more_are_removed()
    {
        using StoreFixture fixture = new(new SampleFlows(), options => options.MaximumRows = 1_000);
        fixture.Store.Open();
        Flow old = fixture.Flows.Next();
        old.SourceEndpoint = 1;
        fixture.Write(old);
        int others = 0;
        // A name's lease is 131 072 positions; what follows uses endpoint 2 only.
        while (others < 140_000)
        {
            Flow[] records = fixture.Flows.Make(512);
            for (int i = 0; i < records.Length; i++) (records[i].SourceEndpoint, records[i].DestinationEndpoint) = (2, 2);
            fixture.Write(records);
            others += records.Length;
        }
        while (fixture.Store.Maintain()) { }

        using SqliteConnection reader = fixture.Store.OpenReader();
        Assert.Equal(1, Statement.Number(reader, "SELECT count(*) FROM endpoint"));
        List<StoredFlow> stored = await fixture.AllAsync();
        Assert.InRange(stored.Count, 400, 1_000);
        Assert.All(stored, flow => Assert.Equal(fixture.Flows.Registries.Endpoints[2].Name, flow.Source.Name));
    }
}
