namespace SFlow.Exporter.Pipeline;

/// <summary>How one database of places is kept: written by who reads it, read by any scrape.</summary>
/// <param name="file">Name of the file, without its folder.</param>
internal sealed class GeoIpStats(string file)
{
    private long built, loads, faults;

    public string File => file;

    /// <summary>When its maker built it, in seconds of Unix time.</summary>
    public long Built
    {
        get => Volatile.Read(ref built);
        set => Volatile.Write(ref built, value);
    }

    /// <summary>Times that it was read, the first included.</summary>
    public long Loads => Volatile.Read(ref loads);

    /// <summary>Times that it had changed and could not be used, so that the former stayed in force.</summary>
    public long Faults => Volatile.Read(ref faults);

    public void Loaded() => Interlocked.Increment(ref loads);

    public void Failed() => Interlocked.Increment(ref faults);
}
