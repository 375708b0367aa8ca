using Microsoft.Data.Sqlite;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Exporter.History;

/// <summary>
/// Writes minutes into the store, folds them into hours and days, and removes the oldest windows. All of it is one transaction, so that a process
/// that is killed counts nothing twice and loses nothing that was written.
/// </summary>
internal sealed class HistoryWriter(RecordStore store, HistoryNaming naming, StoreOptions options, HistoryStats stats, ILogger<HistoryWriter> logger)
{
    /// <summary>The history leaves most of the store to the records.</summary>
    private const int ShareOfStore = 4;

    /// <summary>Windows of a kind that one write removes at most.</summary>
    private const int MostRemoved = 256;

    /// <summary>Windows that are in no longer one yet, and so must stay: the minutes of two hours, and some hours.</summary>
    private const int MostUnfolded = 128;

    /// <summary>Bytes of a row with its share of the file's pages, generously.</summary>
    private const int RowBytes = 32;

    private readonly long maximumBytes = MaximumBytes(options);

    /// <summary>Rows of a window. In a small store they are fewer, so that the windows that must stay have room.</summary>
    private readonly int maximumRows = (int)Math.Min(options.HistoryKeys, MaximumBytes(options) / (MostUnfolded * RowBytes));

    private readonly long[] maximumWindows =
    [
        (long)(options.HistoryMinutes / TimeSpan.FromMinutes(1)), (long)(options.HistoryHours / TimeSpan.FromHours(1)), (long)(options.HistoryDays / TimeSpan.FromDays(1)),
    ];

    /// <summary>Writes minutes in their order.</summary>
    /// <exception cref="SqliteException">Nothing is written.</exception>
    /// <exception cref="StoreUnavailableException">The same; the message says what to do.</exception>
    public void Write(IReadOnlyCollection<HistoryMinute> minutes)
    {
        List<(int Rows, ulong Unnamed)> written = [];
        (long[] counts, long[] bytes) sizes;
        try
        {
            sizes = store.Transact(connection => Write(connection, minutes, written), (minutes.Count + 2L) * maximumRows * RowBytes);
        }
        catch
        {
            naming.Forget();
            throw;
        }
        foreach ((int rows, ulong unnamed) in written) stats.AddWindow(rows, unnamed);
        stats.Write(sizes.counts, sizes.bytes.Sum(), minutes.Last().Ended);
    }

    private (long[] Counts, long[] Bytes) Write(SqliteConnection connection, IReadOnlyCollection<HistoryMinute> minutes, List<(int, ulong)> written)
    {
        written.Clear();
        HistorySchema.Create(connection);
        using HistoryBlocks blocks = new(connection);
        foreach (HistoryMinute minute in minutes)
        {
            // A stop, or a clock that is set, just when a minute begins.
            if (minute.IsEmpty) continue;
            naming.Begin(connection);
            HistoryBlock block = Name(blocks, minute);
            written.Add((block.Rows.Length, block.Unnamed.Samples));
            if (blocks.TakeNewest(minute.Start) is { } begun)
            {
                HistorySum both = new(minute.Start, maximumRows);
                both.Add(begun);
                both.Add(block);
                block = both.Block();
            }
            blocks.Add(HistoryResolution.Minute, block);
        }
        long now = minutes.Last().Start;
        Fold(blocks, HistoryResolution.Minute, HistoryResolution.Hour, now);
        Fold(blocks, HistoryResolution.Hour, HistoryResolution.Day, now);
        Retain(blocks);
        return blocks.Sizes();
    }

    private static long MaximumBytes(StoreOptions options) => Math.Min(options.HistoryMaximumBytes, options.MaximumBytes / ShareOfStore);

    private HistoryBlock Name(HistoryBlocks blocks, HistoryMinute minute)
    {
        HistoryBlock block = new() { Start = minute.Start, Ended = minute.Ended, CoveredMilliseconds = minute.CoveredMilliseconds, Unnamed = minute.Unnamed };
        List<HistoryRow> rows = new(minute.Rows.Count);
        foreach ((ulong key, HistorySums sums) in minute.Rows)
        {
            if (naming.TryName(blocks, key, sums, out HistoryRow row)) rows.Add(row);
            else block.Unnamed.Add(sums);
        }
        // Numbers of this process can have the same names, such as two labels that differ in a control character.
        HistorySum sum = new(minute.Start, maximumRows);
        block.Rows = [.. rows];
        sum.Add(block);
        return sum.Block();
    }

    /// <summary>Sums the windows that are over. A clock that was set back leads to a second part of a window.</summary>
    private void Fold(HistoryBlocks blocks, HistoryResolution from, HistoryResolution to, long now)
    {
        foreach (long start in blocks.Unfolded(from, to, to.StartOf(now)))
        {
            HistorySum sum = new(start, maximumRows);
            int damaged = blocks.Fold(from, start, to.Seconds(), sum.Add);
            if (damaged > 0) logger.Damaged(damaged, UnixTime.Format(start * UnixTime.Second));
            blocks.Add(to, sum.Block());
        }
    }

    private void Retain(HistoryBlocks blocks)
    {
        (long[] counts, long[] bytes) = blocks.Sizes();
        foreach (HistoryResolution resolution in HistoryResolutions.All)
        {
            int at = (int)resolution;
            if (counts[at] == 0) continue;
            long size = Math.Max(1, bytes[at] / counts[at]), byBytes = (Math.Max(0, bytes.Sum() - maximumBytes) + size - 1) / size;
            long wanted = Math.Min(Math.Max(counts[at] - maximumWindows[at], byBytes), MostRemoved);
            if (wanted <= 0) continue;
            blocks.DeleteOldest(resolution, wanted);
            (_, bytes) = blocks.Sizes();
        }
    }
}
