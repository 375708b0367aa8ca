using Microsoft.Data.Sqlite;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Pipeline.Fields;

namespace SFlow.Exporter.Store;

/// <summary>Reads flows of the store page by page, with a limit of flows and of time.</summary>
internal sealed class FlowArchive(RecordSearch search, TimeProvider time) : IFlowArchive
{
    /// <summary>Maximum flows of one reading.</summary>
    private const long Most = 500_000;

    /// <summary>Shorter than the deadline of a response.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<ArchiveReading> ReadAsync(string space, long from, Action<NamedFlow> take, CancellationToken cancellation)
    {
        long started = time.GetTimestamp(), read = 0;
        SearchQuery query = new() { Namespace = space, From = from, Limit = SearchQuery.MaximumLimit };
        while (read < Most && time.GetElapsedTime(started) < Longest)
        {
            if (await PageAsync(query, cancellation) is not { } page)
            {
                await Task.Delay(Pause, time, cancellation);
                continue;
            }
            foreach (StoredFlow flow in page.Flows) take(flow);
            read += page.Flows.Count;
            if (page.Next is not { } next) return new ArchiveReading(read, true);
            query = query with { Before = next };
        }
        return new ArchiveReading(read, false);
    }

    private async Task<SearchPage?> PageAsync(SearchQuery query, CancellationToken cancellation)
    {
        try
        {
            return await search.SearchAsync(query, Viewer.Everything, cancellation);
        }
        catch (Exception fault) when (fault is SqliteException or StoreUnavailableException)
        {
            throw new IOException($"The store can't be read at the moment: {fault.Message}", fault);
        }
    }
}
