using SFlow.Exporter.Options;

namespace SFlow.Exporter.Store;

/// <summary>How the bytes that the options allow are shared between the database and its write-ahead log.</summary>
internal sealed class StoreBounds
{
    public const int PageSize = 4096;

    /// <summary>Records of one batch, as the option of the queue has it.</summary>
    private const int BatchRows = 512;

    /// <summary>Pages that a batch can dirty at worst: those of its block, of the small ones that it replaces, and the lists of what is evicted for it.</summary>
    private const int PagesPerBatch = 128;

    /// <summary>A log and a reserve of that size fit on any disk that is worth a store.</summary>
    private const long SmallestLog = 512L << 10;

    /// <param name="options">What may be used.</param>
    /// <param name="diskBytes">Size of the disk: on a small one, log and reserve are small too.</param>
    public StoreBounds(StoreOptions options, long diskBytes = long.MaxValue)
    {
        long log = Math.Min(Math.Min(options.MaximumBytes / 4, 64L << 20), Math.Max(diskBytes / 4, SmallestLog));
        // A transaction comes on top of what the log holds when it begins, so each gets half.
        LogBytes = log / 2;
        ReserveBytes = LogBytes;
        MaximumPages = (options.MaximumBytes - log - ReserveBytes) / PageSize;
        MaximumRows = options.MaximumRows;
        MaximumAge = options.MaximumAge;
        long byLog = LogBytes / (PagesPerBatch * PageSize);
        long byRows = options.MaximumRows / (2 * BatchRows);
        BatchesPerTransaction = (int)Math.Clamp(Math.Min(byLog, byRows), 1, 8);
    }

    public long MaximumRows { get; }
    public TimeSpan MaximumAge { get; }
    public long MaximumPages { get; }

    /// <summary>Size of the log above which it is emptied into the database.</summary>
    public long LogBytes { get; }

    /// <summary>Room that is kept for evicting on a full disk.</summary>
    public long ReserveBytes { get; }

    public int BatchesPerTransaction { get; }

    /// <summary>Pages that new rows may need, generously.</summary>
    public static long PagesFor(int rows) => 64 + rows / 12;
}
