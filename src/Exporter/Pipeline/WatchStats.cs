namespace SFlow.Exporter.Pipeline;

/// <summary>Reason for a failed request to the Kubernetes API.</summary>
internal enum ApiFault { Expired, Unauthorized, Forbidden, NotFound, Throttled, Silent, Connection, Server, Malformed }

/// <summary>State of the watch of one kind of Kubernetes objects: written by its watch, read by any scrape.</summary>
/// <param name="kind">The kind, as Kubernetes writes it.</param>
internal sealed class WatchStats(string kind)
{
    private readonly long[] faults = new long[Enum.GetValues<ApiFault>().Length];
    private long objects, lastSync, relists;

    public string Kind => kind;

    /// <summary>Known objects.</summary>
    public long Objects
    {
        get => Volatile.Read(ref objects);
        set => Volatile.Write(ref objects, value);
    }

    /// <summary>Time of the last list, event or bookmark of this kind, in nanoseconds of Unix time; 0 for never.</summary>
    public long LastSync
    {
        get => Volatile.Read(ref lastSync);
        set => Volatile.Write(ref lastSync, value);
    }

    /// <summary>Relists after an expired resource version (410 Gone).</summary>
    public long Relists => Volatile.Read(ref relists);

    public long this[ApiFault fault] => Volatile.Read(ref faults[(int)fault]);

    public void Relisted() => Interlocked.Increment(ref relists);

    public void Failed(ApiFault fault) => Interlocked.Increment(ref faults[(int)fault]);
}
