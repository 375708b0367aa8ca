using Microsoft.Data.Sqlite;

namespace SFlow.Exporter.Store;

/// <summary>
/// The table <c>span</c>: for each <see cref="Size"/> positions, how many rows there are and between which times they lie.
/// Searches skip by it what lies outside their time, eviction finds by it what is too old; an index by time is not needed.
/// </summary>
internal sealed class SpanTable(SqliteConnection connection) : IDisposable
{
    /// <summary>Positions of one span; also the step in which rows are deleted.</summary>
    public const int Size = 2048;

    private readonly Statement upsert = new(connection,
        """
        INSERT INTO span (bucket, rows, oldest, newest) VALUES (?, ?, ?, ?) ON CONFLICT (bucket) DO UPDATE SET
          rows = rows + excluded.rows, oldest = min(oldest, excluded.oldest), newest = max(newest, excluded.newest)
        """);

    private long bucket, rows, oldest, newest;

    public static long Bucket(long position) => position / Size;

    public static long First(long bucket) => bucket * Size;

    public static long Last(long bucket) => First(bucket) + Size - 1;

    public static long Rows(SqliteConnection connection) => Statement.Number(connection, "SELECT sum(rows) FROM span");

    /// <summary>Notes a new row; it is in the table after <see cref="Flush"/>.</summary>
    public void Add(long position, long timestamp)
    {
        if (Bucket(position) != bucket) Flush();
        if (rows++ == 0) (bucket, oldest, newest) = (Bucket(position), timestamp, timestamp);
        oldest = Math.Min(oldest, timestamp);
        newest = Math.Max(newest, timestamp);
    }

    public void Flush()
    {
        if (rows == 0) return;
        upsert.Bind(1, bucket).Bind(2, rows).Bind(3, oldest).Bind(4, newest).Run();
        rows = 0;
    }

    public void Dispose() => upsert.Dispose();
}
