namespace SFlow.Exporter.Pipeline;

/// <summary>Why the Kubernetes API did not give what was asked.</summary>
internal enum ApiFault { Expired, Unauthorized, Forbidden, NotFound, Throttled, Silent, Connection, Server, Malformed }

/// <summary>How well one kind of Kubernetes objects is followed: written by its watch, read by any scrape.</summary>
/// <param name="kind">The kind, as Kubernetes writes it.</param>
internal sealed class WatchStats(string kind)
{
    private readonly long[] faults = new long[Enum.GetValues<ApiFault>().Length];
    private long objects, lastSync, relists;

    public string Kind => kind;

    /// <summary>Objects known.</summary>
    public long Objects
    {
        get => Volatile.Read(ref objects);
        set => Volatile.Write(ref objects, value);
    }

    /// <summary>When the API last said anything of this kind, be it that nothing changed; in nanoseconds of Unix time, 0 for never.</summary>
    public long LastSync
    {
        get => Volatile.Read(ref lastSync);
        set => Volatile.Write(ref lastSync, value);
    }

    /// <summary>Lists after the first one, because the changes since were no longer to be had.</summary>
    public long Relists => Volatile.Read(ref relists);

    public long this[ApiFault fault] => Volatile.Read(ref faults[(int)fault]);

    public void Relisted() => Interlocked.Increment(ref relists);

    public void Failed(ApiFault fault) => Interlocked.Increment(ref faults[(int)fault]);
}
