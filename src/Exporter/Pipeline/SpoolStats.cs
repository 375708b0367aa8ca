namespace SFlow.Exporter.Pipeline;

/// <summary>State of the spool on disk: written by its owner, read by any scrape.</summary>
internal sealed class SpoolStats(TimeProvider time, long limit)
{
    private long bytes, records, oldest;
    private bool isDown;

    /// <summary>Whether the last write to the spool succeeded.</summary>
    public bool IsUp
    {
        get => !Volatile.Read(ref isDown);
        set => Volatile.Write(ref isDown, !value);
    }

    /// <summary>Maximum size in bytes.</summary>
    public long Limit => limit;

    /// <summary>Size of the spool's files in bytes.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Records in the spool without an outcome.</summary>
    public long Records => Volatile.Read(ref records);

    /// <summary>Age of the oldest body in the spool in seconds; 0 if it is empty.</summary>
    public long OldestSeconds => Volatile.Read(ref oldest) is > 0 and long written ? Math.Max(0, (time.GetUtcNow().ToUnixTimeMilliseconds() - written) / 1_000) : 0;

    /// <param name="size">Bytes of the files.</param>
    /// <param name="unsettled">Records without an outcome.</param>
    /// <param name="written">When the oldest body was written, in milliseconds since 1970; 0 for an empty spool.</param>
    public void Set(long size, long unsettled, long written)
    {
        Volatile.Write(ref bytes, size);
        Volatile.Write(ref records, unsettled);
        Volatile.Write(ref oldest, written);
    }
}
