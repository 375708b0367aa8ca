namespace SFlow.Exporter.Pipeline;

/// <summary>What the embedded store says of itself: written by its writer, read by any scrape.</summary>
internal sealed class StoreStats
{
    private long rows, bytes, evicted;
    private string? trouble = "The store is not open yet.";

    /// <summary>The last write or upkeep succeeded.</summary>
    public bool IsUp => Trouble is null;

    /// <summary>Why the store takes no records now, as a sentence; null while it does.</summary>
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

    /// <summary>Size on disk, the write-ahead log included.</summary>
    public long Bytes
    {
        get => Volatile.Read(ref bytes);
        set => Volatile.Write(ref bytes, value);
    }

    /// <summary>Records deleted since the start to stay within rows, bytes and age.</summary>
    public long Evicted
    {
        get => Volatile.Read(ref evicted);
        set => Volatile.Write(ref evicted, value);
    }
}
