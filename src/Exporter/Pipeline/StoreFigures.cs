namespace SFlow.Exporter.Pipeline;

/// <summary>What the embedded store says of itself: written by its writer, read by any scrape.</summary>
internal sealed class StoreFigures
{
    private long rows, bytes, evicted;

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
