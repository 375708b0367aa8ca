namespace SFlow.Exporter.Pipeline;

/// <summary>How the inventory file is kept: written by who reads it, read by any scrape.</summary>
internal sealed class InventoryFigures
{
    private long loads, faults, skipped;

    /// <summary>Times that it was read, the first included.</summary>
    public long Loads => Volatile.Read(ref loads);

    /// <summary>Times that it had changed and could not be used, so that the previous one was kept.</summary>
    public long Faults => Volatile.Read(ref faults);

    /// <summary>Entries of the one in use that were passed over.</summary>
    public long Skipped => Volatile.Read(ref skipped);

    public void Loaded(int entriesSkipped)
    {
        Volatile.Write(ref skipped, entriesSkipped);
        Interlocked.Increment(ref loads);
    }

    public void Failed() => Interlocked.Increment(ref faults);
}
