namespace SFlow.Exporter.Pipeline;

/// <summary>State of the embedded store: written by its writer, read by any scrape.</summary>
internal sealed class StoreStats
{
    private long rows, bytes, evicted;
    private string? trouble = "The store is not open yet.";

    /// <summary>Whether the last write or maintenance succeeded.</summary>
    public bool IsUp => Trouble is null;

    /// <summary>The error of the last write, as a sentence; null if it succeeded.</summary>
    public string? Trouble
    {
        get => Volatile.Read(ref trouble);
        set => Volatile.Write(ref trouble, value);
    }

    /// <summary>Records in the store.</summary>
    public long Rows
    {
        get => Volatile.Read(ref rows);
        set => Volatile.Write(ref rows, value);
    }

    /// <summary>Size on disk in bytes, including the write-ahead log.</summary>
    public long Bytes
    {
        get => Volatile.Read(ref bytes);
        set => Volatile.Write(ref bytes, value);
    }

    /// <summary>Records deleted since start because of the limits of rows, bytes and age.</summary>
    public long Evicted
    {
        get => Volatile.Read(ref evicted);
        set => Volatile.Write(ref evicted, value);
    }
}
