namespace SFlow.Exporter.Pipeline;

/// <summary>State of the inventory file: written by its reader, read by any scrape.</summary>
internal sealed class InventoryFigures
{
    private long loads, faults, skipped;

    /// <summary>Successful reads, including the first.</summary>
    public long Loads => Volatile.Read(ref loads);

    /// <summary>Failed reloads. The previous inventory stays in use.</summary>
    public long Faults => Volatile.Read(ref faults);

    /// <summary>Skipped entries of the inventory in use.</summary>
    public long Skipped => Volatile.Read(ref skipped);

    public void Loaded(int entriesSkipped)
    {
        Volatile.Write(ref skipped, entriesSkipped);
        Interlocked.Increment(ref loads);
    }

    public void Failed() => Interlocked.Increment(ref faults);
}
