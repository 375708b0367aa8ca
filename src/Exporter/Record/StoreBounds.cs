using SFlow.Exporter.Options;

namespace SFlow.Exporter.Record;

/// <summary>How the bytes that the options allow are shared between the database and its write-ahead log.</summary>
internal sealed class StoreBounds
{
    public const int PageSize = 4096;

    /// <summary>Records of one batch, as the option of the queue has it.</summary>
    private const int BatchRows = 512;

    /// <summary>Pages that a row can dirty at worst: its own leaf, and a leaf of the index for it and the row that it displaces.</summary>
    private const int PagesPerRow = 3;

    public StoreBounds(StoreOptions options)
    {
        long log = Math.Min(options.MaximumBytes / 4, 64L << 20);
        // A transaction comes on top of what the log holds when it begins, so each gets half.
        LogBytes = log / 2;
        MaximumPages = (options.MaximumBytes - log) / PageSize;
        MaximumRows = options.MaximumRows;
        MaximumAge = options.MaximumAge;
        long byLog = LogBytes / (BatchRows * PagesPerRow * PageSize);
        long byRows = options.MaximumRows / (2 * BatchRows);
        BatchesPerTransaction = (int)Math.Clamp(Math.Min(byLog, byRows), 1, 8);
    }

    public long MaximumRows { get; }
    public TimeSpan MaximumAge { get; }
    public long MaximumPages { get; }

    /// <summary>Size of the log above which it is emptied into the database.</summary>
    public long LogBytes { get; }

    public int BatchesPerTransaction { get; }

    /// <summary>Pages that new rows may need, generously.</summary>
    public static long PagesFor(int rows) => 64 + rows / 12;
}
