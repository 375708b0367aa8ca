namespace SFlow.Exporter.Pipeline;

/// <summary>State of the spool on disk: written by its owner, read by any scrape.</summary>
/// <param name="time">Clock of the age.</param>
/// <param name="limit">Maximum size in bytes.</param>
internal sealed class SpoolStats(TimeProvider time, long limit)
{
    private const long None = long.MinValue;

    private long bytes, records, restored, leftInMemory, oldest = None;
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

    /// <summary>Records of earlier runs that the spool had at the start.</summary>
    public long Restored { get => Volatile.Read(ref restored); set => Volatile.Write(ref restored, value); }

    /// <summary>Records that only the memory of the previous run had, by its last note; 0 if that run was stopped.</summary>
    public long LeftInMemory { get => Volatile.Read(ref leftInMemory); set => Volatile.Write(ref leftInMemory, value); }

    /// <summary>Age of the oldest body in the spool in seconds; 0 if it is empty. The system clock does not matter.</summary>
    public long OldestSeconds => Volatile.Read(ref oldest) is not None and long stamp ? (long)time.GetElapsedTime(stamp).TotalSeconds : 0;

    /// <param name="size">Bytes of the files.</param>
    /// <param name="unsettled">Records without an outcome.</param>
    /// <param name="age">Age of the oldest body in milliseconds; null for an empty spool.</param>
    public void Set(long size, long unsettled, long? age)
    {
        Volatile.Write(ref bytes, size);
        Volatile.Write(ref records, unsettled);
        Volatile.Write(ref oldest, age is { } milliseconds ? time.GetTimestamp() - (milliseconds * (time.TimestampFrequency / 1_000)) : None);
    }
}
