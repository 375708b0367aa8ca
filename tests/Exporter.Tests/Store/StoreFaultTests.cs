using Microsoft.Data.Sqlite;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.Tests.Store;

public class StoreFaultTests
{
    [Fact]
    public async Task A_file_that_is_no_database_is_set_aside_and_a_fresh_one_begins()
    {
        using StoreFixture fixture = new(new SampleFlows());
        Directory.CreateDirectory(fixture.Options.Folder);
        byte[] garbage = new byte[100_000];
        new Random(fixture.Flows.Seed).NextBytes(garbage);
        File.WriteAllBytes(fixture.DatabasePath, garbage);

        fixture.Store.Open();

        string aside = Assert.Single(Directory.GetFiles(fixture.Options.Folder, "records.db.corrupt-*"));
        Assert.Equal(garbage, File.ReadAllBytes(aside));
        string line = Assert.Single(fixture.Logs.Lines);
        Assert.Contains(fixture.DatabasePath + " ", line, StringComparison.Ordinal);
        Assert.Contains(aside, line, StringComparison.Ordinal);
        fixture.Write(fixture.Flows.Make(10));
        Assert.Equal(10, (await fixture.AllAsync()).Count);
    }

    [Fact]
    public async Task Damage_that_shows_while_writing_sets_the_file_aside_and_loses_no_batch()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        for (int i = 0; i < 10; i++) fixture.Write(fixture.Flows.Make(512));
        fixture.Store.Dispose();
        using (FileStream file = File.OpenWrite(fixture.DatabasePath))
        {
            // The header and the schema stay sound; all behind them is overwritten.
            file.Position = 16 * 4096;
            file.Write(Enumerable.Repeat((byte)0xEE, (int)file.Length - 16 * 4096).ToArray());
        }

        fixture.Store.Open();
        Assert.Empty(fixture.Logs.Lines);
        WriteResult result = fixture.Write(fixture.Flows.Make(512));

        Assert.Equal(new WriteResult(512, 0), result);
        Assert.Single(Directory.GetFiles(fixture.Options.Folder, "records.db.corrupt-*"));
        Assert.Contains("set aside", Assert.Single(fixture.Logs.Lines), StringComparison.Ordinal);
        Assert.Equal(512, (await fixture.AllAsync()).Count);
    }

    [Fact]
    public async Task Damage_that_a_search_finds_is_mended_at_the_next_write()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Write(fixture.Flows.Make(512));

        fixture.Store.ReportDamage();
        fixture.Write(fixture.Flows.Make(5));

        Assert.Single(Directory.GetFiles(fixture.Options.Folder, "records.db.corrupt-*Z"));
        Assert.Equal(5, (await fixture.AllAsync()).Count);
    }

    [Fact]
    public void Files_set_aside_are_bounded()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        for (int i = 0; i < 6; i++)
        {
            fixture.Store.ReportDamage();
            fixture.Write(fixture.Flows.Make(5));
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(3, Directory.GetFiles(fixture.Options.Folder, "records.db.corrupt-*Z").Length);
    }

    [Fact]
    public void A_newer_schema_is_refused_with_what_to_do_and_left_as_it_is()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Store.Dispose();
        SetVersion(fixture, 7);
        byte[] before = File.ReadAllBytes(fixture.DatabasePath);

        StoreUnavailableException refused = Assert.Throws<StoreUnavailableException>(fixture.Store.Open);

        Assert.Contains("schema version 7", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        Assert.Contains(fixture.DatabasePath, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(fixture.DatabasePath));
    }

    [Fact]
    public void An_older_schema_is_set_aside()
    {
        using StoreFixture fixture = new(new SampleFlows());
        fixture.Store.Open();
        fixture.Store.Dispose();
        SetVersion(fixture, 0);

        fixture.Store.Open();

        Assert.Single(Directory.GetFiles(fixture.Options.Folder, "records.db.older-*Z"));
        Assert.Equal(3, fixture.Write(fixture.Flows.Make(3)).Written);
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        using StoreFixture fixture = new(new SampleFlows());
        Directory.CreateDirectory(fixture.Options.Folder);
        using (SqliteConnection other = new($"Data Source={fixture.DatabasePath};Pooling=false"))
        {
            other.Open();
            Statement.Run(other, "CREATE TABLE t (x)");
        }
        Assert.Contains("no store of this program", Assert.Throws<StoreUnavailableException>(fixture.Store.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_use_is_refused_until_it_is_free()
    {
        using StoreFixture first = new(new SampleFlows());
        first.Store.Open();
        using StoreFixture second = new(first.Flows, folder: first.Options.Folder);

        StoreUnavailableException refused = Assert.Throws<StoreUnavailableException>(second.Store.Open);
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);

        first.Store.Dispose();
        second.Store.Open();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused_with_what_to_do()
    {
        string file = Path.GetTempFileName();
        using StoreFixture fixture = new(new SampleFlows(), folder: Path.Combine(file, "data"));
        StoreUnavailableException refused = Assert.Throws<StoreUnavailableException>(fixture.Store.Open);
        Assert.Contains(Path.Combine(file, "data"), refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static void SetVersion(StoreFixture fixture, int version)
    {
        using SqliteConnection connection = new($"Data Source={fixture.DatabasePath};Pooling=false");
        connection.Open();
        Statement.Run(connection, $"PRAGMA journal_mode = DELETE; PRAGMA user_version = {version}");
    }
}
