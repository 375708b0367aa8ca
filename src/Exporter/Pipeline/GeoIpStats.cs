namespace SFlow.Exporter.Pipeline;

/// <summary>State of one GeoIP database: written by its loader, read by any scrape.</summary>
/// <param name="file">Name of the file, without its folder.</param>
internal sealed class GeoIpStats(string file)
{
    private long built, loads, faults;

    public string File => file;

    /// <summary>Build time of the database, in seconds of Unix time.</summary>
    public long Built
    {
        get => Volatile.Read(ref built);
        set => Volatile.Write(ref built, value);
    }

    /// <summary>Successful loads, including the first.</summary>
    public long Loads => Volatile.Read(ref loads);

    /// <summary>Failed reloads. The previous database stays loaded.</summary>
    public long Faults => Volatile.Read(ref faults);

    public void Loaded() => Interlocked.Increment(ref loads);

    public void Failed() => Interlocked.Increment(ref faults);
}
