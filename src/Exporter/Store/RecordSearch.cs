using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store;

/// <summary>
/// Searches the store newest first. The scan goes in slices of positions, each a short statement of its own: a search stops between
/// them when its time, its budget or its client is gone, and holds no snapshot that would keep the writer's log from being emptied.
/// </summary>
internal sealed class RecordSearch(RecordStore store, SearchLimits limits, TimeProvider time) : IDisposable
{
    /// <summary>Spans of one slice: some ten milliseconds of work.</summary>
    private const int SpansPerSlice = 16;

    /// <summary>The writer may close and open its files in the midst of a search.</summary>
    private const int Attempts = 2;

    private readonly SemaphoreSlim running = new(limits.Concurrent);

    /// <summary>Runs a search on a thread of its own, because SQLite blocks; null when too many run already.</summary>
    /// <exception cref="SqliteException">The store can't be read.</exception>
    /// <exception cref="StoreUnavailableException">Its file was deleted or replaced.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<SearchPage?> SearchAsync(SearchQuery query, CancellationToken cancellation)
    {
        if (!await running.WaitAsync(limits.Patience, cancellation)) return null;
        try
        {
            return await Task.Factory.StartNew(
                () => Search(query, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            running.Release();
        }
    }

    public void Dispose() => running.Dispose();

    /// <summary>Why the store takes no records now; null while it does.</summary>
    public string? Trouble => store.Trouble;

    private SearchPage Search(SearchQuery query, CancellationToken cancellation)
    {
        // What was read counts only if the files are still those of the writer: a log that was deleted reads as an empty one.
        for (int attempt = 1; ; attempt++)
        {
            StoreFiles? files = store.Files;
            SearchPage? page = Read(query, files, cancellation);
            if (page is not null && files?.AreThere != false) return page;
            if (attempt == Attempts)
                throw new StoreUnavailableException("The files of the store were deleted or replaced. A new store begins within seconds.");
        }
    }

    /// <summary>Null when an error comes from files that are gone.</summary>
    private SearchPage? Read(SearchQuery query, StoreFiles? files, CancellationToken cancellation)
    {
        try
        {
            using SqliteConnection connection = store.OpenReader();
            return Scan(connection, query, cancellation);
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

    private SearchPage Scan(SqliteConnection connection, SearchQuery query, CancellationToken cancellation)
    {
        long started = time.GetTimestamp();
        // The newest position is fixed before names are looked up: a row that comes later may have a name that the sets lack.
        long upper = Math.Min((query.Before ?? long.MaxValue) - 1, Statement.Number(connection, "SELECT max(position) FROM flow"));
        long lowest = Statement.Number(connection, "SELECT min(position) FROM flow");
        SearchConditions conditions = new(query);
        if (!conditions.Sets.All(set => Fill(connection, set))) return new SearchPage([], null, true, 0);

        List<StoredFlow> found = [];
        long scanned = 0;
        using SpanScan spans = new(connection, query, SpansPerSlice);
        using Statement select = new(connection, FlowSelect.Sql(conditions.Sql));
        conditions.Bind(select, 3);
        while (upper >= lowest && spans.Next(upper) is { } slice)
        {
            cancellation.ThrowIfCancellationRequested();
            if (scanned >= limits.Positions || time.GetElapsedTime(started) >= limits.Time)
                return new SearchPage(found, upper + 1, false, scanned);
            select.Bind(1, slice.First).Bind(2, slice.Last);
            while (found.Count < query.Limit && select.Step()) found.Add(FlowSelect.Read(select));
            select.Reset();
            long reached = found.Count == query.Limit ? found[^1].Position : Math.Max(slice.First, lowest);
            scanned += slice.Last - reached + 1;
            upper = reached - 1;
            if (found.Count == query.Limit) return new SearchPage(found, reached > lowest ? reached : null, true, scanned);
        }
        return new SearchPage(found, null, true, scanned);
    }

    private static bool Fill(SqliteConnection connection, NameSet set)
    {
        Statement.Run(connection, $"CREATE TEMP TABLE {set.Table} (id INTEGER PRIMARY KEY)");
        using Statement fill = new(connection, $"INSERT INTO temp.{set.Table} {set.Sql}");
        SearchConditions.Bind(fill, 1, set.Values);
        fill.Run();
        return fill.Changes > 0;
    }
}
