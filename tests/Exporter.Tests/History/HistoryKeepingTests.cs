using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SFlow.Exporter.History;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History;

/// <summary>What the history keeps: through restarts, within its bounds, and when its file is lost or can't be written.</summary>
public sealed class HistoryKeepingTests
{
    private const long Midnight = HistoryFixture.Midnight;

    [Fact]
    public void Another_process_goes_on_with_the_same_names_and_the_same_minute()
    {
        string folder = Directory.CreateTempSubdirectory("sflow-history-").FullName;
        using (HistoryFixture first = new(folder))
        {
            first.Count(first.Host("shop", "web"), first.Host("bank", "api"), first.Service("bank/api:https"));
            first.Pass();
            first.Count(first.Host("shop", "web"), first.Host("bank", "api"), first.Service("bank/api:https"));
            first.Time.Advance(TimeSpan.FromSeconds(20));
            first.Writer.Write([first.Minutes.CutLast()]);
        }
        using (HistoryFixture second = new(folder, start: DateTimeOffset.FromUnixTimeSeconds(Midnight + 90)))
        {
            // The numbers of the second process are others.
            int bank = second.Host("bank", "api"), service = second.Service("bank/api:https"), shop = second.Host("shop", "web");
            second.Count(shop, bank, service);
            second.Pass(30);
            ReadHistory read = second.Read();
            (long, string, string, string?, bool) row = (Midnight + 60, "shop/web/node-1", "bank/api/node-1", "bank/api:https", false);
            Assert.Equal(2UL, read.Rows[row].Samples);
            Assert.Equal(1UL, read.Rows[row with { Item1 = Midnight }].Samples);
            Assert.Equal([60_000, 50_000], read.Windows.Select(window => window.CoveredMilliseconds));
            Assert.Equal(2, read.Names.Hosts.Count(host => host is not null));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_exporter_that_starts_again_and_again_has_one_block_a_minute()
    {
        string folder = Directory.CreateTempSubdirectory("sflow-history-").FullName;
        for (int second = 0; second < 120; second += 5)
        {
            using HistoryFixture run = new(folder, start: DateTimeOffset.FromUnixTimeSeconds(Midnight + second));
            run.Time.Advance(TimeSpan.FromSeconds(4));
            run.Writer.Write([run.Minutes.CutLast()]);
            Assert.Equal(second < 60 ? 1 : 2, run.Read().Windows.Count);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Windows_beyond_their_time_go_and_the_longer_ones_stay()
    {
        using HistoryFixture history = new(change: options => (options.HistoryMinutes, options.HistoryHours, options.HistoryDays) = (TimeSpan.FromHours(3), TimeSpan.FromHours(72), TimeSpan.FromDays(3)));
        int host = history.Host("shop", "web");
        for (int minute = 0; minute < 6 * 1_440; minute++)
        {
            history.Count(host, host);
            history.Pass();
        }
        Assert.Equal(180, history.Read().Windows.Count);
        Assert.Equal(Midnight + 6 * 86_400 - 180 * 60, history.Read().Coverage!.Value.From);
        // The last hour is a sum of its minutes still.
        Assert.Equal((73, 4), (Starts(history.Read(HistoryResolution.Hour)), Starts(history.Read(HistoryResolution.Day))));
        Assert.Equal(4UL * 1_440, history.Read(HistoryResolution.Day).Total.Samples);
        Assert.Equal((180L, 72L, 3L), (history.Stats.Windows(0), history.Stats.Windows(1), history.Stats.Windows(2)));

        static int Starts(ReadHistory read) => read.Windows.DistinctBy(window => window.Start).Count();
    }

    [Fact]
    public void Minutes_go_first_where_the_bytes_are_at_their_limit()
    {
        using HistoryFixture history = new(change: options => options.HistoryMaximumBytes = 1 << 20);
        int[] hosts = [.. Enumerable.Range(0, 30).Select(place => history.Host($"ns-{place}", "w"))];
        for (int minute = 0; minute < 600; minute++)
        {
            foreach (int source in hosts)
                foreach (int destination in hosts.AsSpan(0, 10)) history.Count(source, destination, length: (uint)(64 + minute), rate: 400);
            history.Pass();
            Assert.True(history.Stats.Bytes <= 1 << 20, $"{history.Stats.Bytes} bytes");
        }
        Assert.InRange(history.Read().Windows.Count, 60, 300);
        Assert.Equal(600UL * 300, history.Read(HistoryResolution.Hour).Total.Samples);
    }

    [Fact]
    public void A_folder_that_is_deleted_costs_what_was_written_and_nothing_after_it()
    {
        using HistoryFixture history = new();
        int host = history.Host("shop", "web");
        history.Count(host, host);
        history.Pass();
        Directory.Delete(history.Options.Folder, recursive: true);
        Assert.Throws<HistoryUnavailableException>(() => history.Read());
        history.Count(host, host);
        history.Pass();
        ReadHistory read = history.Read();
        Assert.Equal((Midnight + 60, "shop/web/node-1", "shop/web/node-1", null, false), Assert.Single(read.Rows).Key);
        Assert.Single(read.Windows);
    }

    [Fact]
    public async Task Minutes_that_can_not_be_written_wait_and_are_lost_only_after_a_quarter_of_an_hour()
    {
        using HistoryFixture history = new();
        int host = history.Host("shop", "web");
        HistoryRecorder recorder = new(history.Family, history.Writer, history.Stats, history.Clock, new Logger<HistoryRecorder>(history.Logs));
        await recorder.StartAsync(CancellationToken.None);
        await PassAsync(3);
        Change(history, "CREATE TRIGGER broken BEFORE INSERT ON history_block BEGIN SELECT raise(ABORT, 'broken'); END");
        await PassAsync(20);
        Assert.Equal((20L, 6L), (history.Stats.Failures, history.Stats.Lost));
        Assert.Contains(history.Logs.Lines, line => line.Contains("The history can't be written", StringComparison.Ordinal));
        Change(history, "DROP TRIGGER broken");
        await PassAsync(1);
        await recorder.StopAsync(CancellationToken.None);
        ReadHistory read = history.Read();
        Assert.Equal([.. Enumerable.Range(0, 3), .. Enumerable.Range(9, 15)], read.Windows.Select(window => (int)((window.Start - Midnight) / 60)));
        Assert.Equal(18UL, read.Total.Samples);
        recorder.Dispose();

        async Task PassAsync(int minutes)
        {
            for (int minute = 0; minute < minutes; minute++)
            {
                history.Count(host, host);
                long before = history.Stats.LastWritten + history.Stats.Failures;
                for (int second = 0; second < 60; second++)
                {
                    history.Time.Advance(TimeSpan.FromSeconds(1));
                    await Task.Delay(second == 59 ? 0 : 1);
                }
                for (int wait = 0; history.Stats.LastWritten + history.Stats.Failures == before && wait < 2_000; wait++)
                {
                    history.Time.Advance(TimeSpan.Zero);
                    await Task.Delay(5);
                }
            }
        }
    }

    [Fact]
    public void A_full_disk_takes_from_the_records_and_not_from_the_history()
    {
        using SmallDisk disk = SmallDisk.Mount("16m");
        using HistoryFixture history = new(Path.Combine(disk.Folder, "data"), options => options.MaximumBytes = 12 << 20);
        int[] hosts = [.. Enumerable.Range(0, 30).Select(place => history.Host($"ns-{place}", "w"))];
        Minute();
        SmallDisk.Fill(Path.Combine(disk.Folder, "other"));
        for (int minute = 0; minute < 30; minute++) Minute();
        Assert.Equal(31UL * 30, history.Read().Total.Samples);

        void Minute()
        {
            foreach (int host in hosts) history.Count(host, host);
            history.Pass();
        }
    }

    [Fact]
    public void In_a_small_store_that_is_full_the_history_keeps_its_bound_and_evicts_few_records()
    {
        using HistoryFixture history = new(change: options => (options.MaximumBytes, options.HistoryKeys) = (8 << 20, 16_384));
        int[] hosts = [.. Enumerable.Range(0, 100).Select(place => history.Host($"ns-{place}", "w"))];
        StoredRecords records = new(history);
        records.Write(200_000);
        for (int minute = 0; minute < 130; minute++)
        {
            foreach (int source in hosts)
                foreach (int destination in hosts.AsSpan(0, 30)) history.Count(source, destination, length: (uint)(64 + minute), rate: 400);
            history.Pass();
            records.Write(1_000);
            Assert.True(history.Stats.Bytes <= 2 << 20, $"{history.Stats.Bytes} bytes in minute {minute}");
        }
        foreach (HistoryResolution resolution in HistoryResolutions.All.Skip(1)) Assert.Equal(130UL * 3_000, history.Read(resolution).Total.Samples);
        Assert.DoesNotContain(history.Logs.Lines, line => line.Contains("full", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(history.DatabasePath).Length, 4 << 20, 8 << 20);
    }

    /// <summary>A process can be killed between any two steps in the file: what is committed is whole.</summary>
    [Fact]
    public void A_fold_that_is_broken_off_counts_nothing_twice_and_loses_nothing()
    {
        using HistoryFixture history = new();
        int host = history.Host("shop", "web");
        for (int minute = 0; minute < 59; minute++)
        {
            history.Count(host, host);
            history.Pass();
        }
        string[] breaks =
        [
            "CREATE TRIGGER broken BEFORE INSERT ON history_block WHEN NEW.resolution = 1 BEGIN SELECT raise(ABORT, 'broken'); END",
            "CREATE TRIGGER broken BEFORE UPDATE ON history_block BEGIN SELECT raise(ABORT, 'broken'); END",
            "CREATE TRIGGER broken BEFORE INSERT ON history_block WHEN NEW.resolution = 0 BEGIN SELECT raise(ABORT, 'broken'); END",
        ];
        List<HistoryMinute> waiting = [];
        foreach (string broken in breaks)
        {
            Change(history, broken);
            history.Count(host, host);
            history.Time.Advance(TimeSpan.FromSeconds(60));
            waiting.Add(history.Minutes.TryCut()!);
            // The hour is over with the second minute; its fold is broken, and the first minute with it.
            if (waiting.Count > 1 || broken == breaks[2]) Assert.Throws<SqliteException>(() => history.Writer.Write(waiting));
            Assert.Equal(59UL, history.Read(HistoryResolution.Hour).Total.Samples);
            Change(history, "DROP TRIGGER broken");
        }
        history.Writer.Write(waiting);
        foreach (HistoryResolution resolution in HistoryResolutions.All) Assert.Equal(62UL, history.Read(resolution).Total.Samples);
        Assert.Equal((62L, 1L, 0L), (history.Stats.Windows(0), history.Stats.Windows(1), history.Stats.Windows(2)));
    }

    [Fact]
    public void A_damaged_window_is_a_gap_and_is_deleted_when_it_is_folded()
    {
        using HistoryFixture history = new();
        int host = history.Host("shop", "web");
        for (int minute = 0; minute < 3; minute++)
        {
            history.Count(host, host);
            history.Pass();
        }
        Change(history, $"UPDATE history_block SET data = x'0102' WHERE start = {Midnight + 60}");
        Assert.Equal([Midnight, Midnight + 120], history.Read().Windows.Select(window => window.Start));
        for (int minute = 0; minute < 60; minute++) history.Pass();
        Assert.Equal(2UL, history.Read(HistoryResolution.Hour).Total.Samples);
        Assert.Contains(history.Logs.Lines, line => line.Contains("1 damaged windows", StringComparison.Ordinal));
    }

    [Fact]
    public void Before_the_first_minute_the_history_is_empty()
    {
        using HistoryFixture history = new();
        Assert.Null(history.Read().Coverage);
        Assert.Empty(history.Read().Windows);
    }

    private static void Change(HistoryFixture history, string sql) => history.Store.Transact(connection => Exporter.Store.Statement.Number(connection, sql));
}

/// <summary>Writes records into the store of a fixture, each with an identity of its own.</summary>
internal sealed class StoredRecords(HistoryFixture history)
{
    private readonly RecordPool pool = new(512);
    private ulong identity;

    public void Write(int count)
    {
        for (; count > 0; count -= 500)
        {
            RecordBatch batch = pool.Rent();
            for (int record = 0; record < 500; record++)
                batch.Add(new Flow { ObserverNode = -1, IdHigh = ++identity * 0x9E37_79B9_7F4A_7C15, IdLow = identity, TimestampNanoseconds = (HistoryFixture.Midnight + record) * 1_000_000_000, SourcePort = (ushort)(identity * 7_919) });
            batch.Hold(1);
            history.Store.Write([batch]);
            batch.Release();
        }
    }
}
