using Microsoft.Data.Sqlite;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Store.Blocks;

namespace SFlow.Exporter.Store;

/// <summary>
/// Searches the store newest first. The scan goes in slices of positions, each a short statement of its own: a search stops between
/// them when its time, its budget or its client is gone, and holds no snapshot that would keep the writer's log from being emptied.
/// </summary>
internal sealed class RecordSearch(RecordStore store, SearchLimits limits, TimeProvider time) : IDisposable
{
    /// <summary>Blocks of one slice: some milliseconds of work.</summary>
    private const int BlocksPerSlice = 64;

    /// <summary>The writer may close and open its files in the midst of a search.</summary>
    private const int Attempts = 2;

    private readonly SemaphoreSlim running = new(limits.Concurrent);

    /// <summary>Runs a search on a thread of its own, because SQLite blocks; null when too many run already.</summary>
    /// <param name="query">The conditions.</param>
    /// <param name="viewer">Only records that this viewer may see are found. The scan itself leaves out the others.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="SqliteException">The store can't be read.</exception>
    /// <exception cref="StoreUnavailableException">Its file was deleted or replaced.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<SearchPage?> SearchAsync(SearchQuery query, Viewer viewer, CancellationToken cancellation)
    {
        if (!await running.WaitAsync(limits.Patience, cancellation)) return null;
        try
        {
            return await Task.Factory.StartNew(
                () => Search(query, viewer, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            running.Release();
        }
    }

    public void Dispose() => running.Dispose();

    /// <summary>Why the store takes no records now; null while it does.</summary>
    public string? Trouble => store.Trouble;

    private SearchPage Search(SearchQuery query, Viewer viewer, CancellationToken cancellation)
    {
        // What was read counts only if the files are still those of the writer: a log that was deleted reads as an empty one.
        for (int attempt = 1; ; attempt++)
        {
            StoreFiles? files = store.Files;
            SearchPage? page = Read(query, viewer, files, cancellation);
            if (page is not null && files?.AreThere != false) return page;
            if (attempt == Attempts)
                throw new StoreUnavailableException("The files of the store were deleted or replaced. A new store begins within seconds.");
        }
    }

    /// <summary>Null when an error comes from files that are gone.</summary>
    private SearchPage? Read(SearchQuery query, Viewer viewer, StoreFiles? files, CancellationToken cancellation)
    {
        try
        {
            using SqliteConnection connection = store.OpenReader();
            return Scan(connection, query, viewer, cancellation);
        }
        catch (SqliteException) when (files?.AreThere == false)
        {
            return null;
        }
        catch (SqliteException e) when (RecordStore.IsDamage(e))
        {
            store.ReportDamage();
            throw;
        }
    }

    private SearchPage Scan(SqliteConnection connection, SearchQuery query, Viewer viewer, CancellationToken cancellation)
    {
        long started = time.GetTimestamp();
        // The newest position is fixed before names are looked up: a row that comes later may have a name that the sets lack.
        long upper = Math.Min((query.Before ?? long.MaxValue) - 1, Statement.Number(connection, "SELECT max(last_position) FROM block"));
        long lowest = Statement.Number(connection, "SELECT first_position FROM block ORDER BY last_position LIMIT 1");
        SearchConditions conditions = new(connection, query, viewer);
        if (conditions.MatchNothing) return new SearchPage([], null, true, 0);

        List<StoredFlow> found = [];
        long scanned = 0;
        using BlockScan blocks = new(connection, query);
        for (bool more = upper >= lowest; more;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (scanned >= limits.Positions || time.GetElapsedTime(started) >= limits.Time)
                return new SearchPage(found, upper + 1, false, scanned);
            blocks.Start(upper);
            more = false;
            for (int count = 0; count < BlocksPerSlice && blocks.Next(); count++)
            {
                Collect(blocks, conditions, upper, query.Limit, found);
                long reached = found.Count == query.Limit ? found[^1].Position : blocks.Current.First;
                scanned += Math.Min(upper, blocks.Current.Last) - reached + 1;
                upper = reached - 1;
                if (found.Count == query.Limit) return new SearchPage(found, reached > lowest ? reached : null, true, scanned);
                more = upper >= lowest;
            }
            blocks.Stop();
        }
        return new SearchPage(found, null, true, scanned);
    }

    /// <summary>Adds the rows of the block at hand that match, newest first.</summary>
    private static void Collect(BlockScan blocks, SearchConditions conditions, long upper, int limit, List<StoredFlow> found)
    {
        BlockView view = blocks.View();
        Span<bool> wanted = stackalloc bool[view.Rows];
        conditions.Apply(view, wanted);
        ColumnView positions = view[SearchColumn.Position];
        for (int i = wanted.Length - 1; i >= 0 && found.Count < limit; i--)
            if (wanted[i] && positions[i] <= upper)
                found.Add(blocks.Read(view, i));
    }
}
