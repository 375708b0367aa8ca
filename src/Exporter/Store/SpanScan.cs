using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store;

/// <summary>Walks the spans that can hold rows of a query's time, newest first.</summary>
internal sealed class SpanScan : IDisposable
{
    private readonly Statement statement;
    private readonly long from, to;
    private readonly int atMost;

    /// <param name="connection">The reader's connection.</param>
    /// <param name="query">Its times are what counts here.</param>
    /// <param name="atMost">Spans in one slice.</param>
    public SpanScan(SqliteConnection connection, SearchQuery query, int atMost)
    {
        statement = new(connection, "SELECT bucket FROM span WHERE bucket <= ? AND newest >= ? AND oldest < ? ORDER BY bucket DESC");
        (from, to) = (query.From ?? long.MinValue, query.To ?? long.MaxValue);
        this.atMost = atMost;
    }

    /// <summary>The next positions to look at, up to <paramref name="upper"/>: neighbouring spans in one slice; null at the end.</summary>
    public (long First, long Last)? Next(long upper)
    {
        statement.Bind(1, SpanTable.Bucket(upper)).Bind(2, from).Bind(3, to);
        if (!statement.Step()) return null;
        long newest = statement.Number(0), oldest = newest;
        while (newest - oldest + 1 < atMost && statement.Step() && statement.Number(0) == oldest - 1) oldest--;
        statement.Reset();
        return (SpanTable.First(oldest), Math.Min(upper, SpanTable.Last(newest)));
    }

    public void Dispose() => statement.Dispose();
}
