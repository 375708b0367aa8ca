namespace SFlow.Exporter.Pipeline;

/// <summary>State of the history: written by its writer, read by any scrape.</summary>
internal sealed class HistoryStats
{
    private readonly long[] windows = new long[3];
    private long bytes, lastWritten, failures, lost, unnamed, keys;

    /// <summary>Windows that are kept, by their length: minute, hour and day.</summary>
    public long Windows(int resolution) => Volatile.Read(ref windows[resolution]);

    /// <summary>Bytes of these windows.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>When the history was last written, in seconds of Unix time; 0 for never.</summary>
    public long LastWritten => Volatile.Read(ref lastWritten);

    /// <summary>Writes that failed. Their windows are written later, unless they are lost.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Windows of a minute that were lost, because they could not be written for too long.</summary>
    public long Lost => Volatile.Read(ref lost);

    /// <summary>Samples in written windows without a row of their own.</summary>
    public long UnnamedSamples => Volatile.Read(ref unnamed);

    /// <summary>Rows of the latest window.</summary>
    public long Rows => Volatile.Read(ref keys);

    public void Write(ReadOnlySpan<long> counts, long size, long seconds)
    {
        for (int resolution = 0; resolution < windows.Length; resolution++) Volatile.Write(ref windows[resolution], counts[resolution]);
        Volatile.Write(ref bytes, size);
        Volatile.Write(ref lastWritten, seconds);
    }

    /// <summary>A window was written.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="unnamedSamples">Samples without a row.</param>
    public void AddWindow(int rows, ulong unnamedSamples)
    {
        Volatile.Write(ref keys, rows);
        Interlocked.Add(ref unnamed, (long)unnamedSamples);
    }

    public void Fail() => Interlocked.Increment(ref failures);

    public void Lose(int count) => Interlocked.Add(ref lost, count);
}
