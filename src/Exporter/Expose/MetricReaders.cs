namespace SFlow.Exporter.Expose;

/// <summary>
/// Gives each Prometheus a metric set of its own, so that each of them sees a new series start with a zero, and everybody else the true values.
/// A reader that is replaced has been silent for so long that whatever is held back from its successor was born since.
/// </summary>
internal sealed class MetricReaders(Sources sources, TimeProvider time)
{
    /// <summary>Sets of single readers at most; further ones share the set of everybody.</summary>
    public const int Maximum = 8;

    private readonly long started = time.GetUtcNow().ToUnixNanoseconds();
    private readonly Dictionary<string, Reader> readers = new(StringComparer.Ordinal);
    private MetricSet? everybody;

    /// <summary>The set for a reader.</summary>
    /// <param name="identity">Who reads, or null for somebody who does not remember what was read.</param>
    /// <param name="nowNanoseconds">Unix time.</param>
    public MetricSet For(string? identity, long nowNanoseconds)
    {
        if (identity is null || !(readers.TryGetValue(identity, out Reader? reader) || TryAdmit(identity, nowNanoseconds, out reader)))
            return everybody ??= new MetricSet(sources, new ZeroStart(applies: false, started));
        reader.LastRead = nowNanoseconds;
        return reader.Metrics;
    }

    private bool TryAdmit(string identity, long now, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Reader? reader)
    {
        reader = null;
        if (readers.Count == Maximum)
        {
            (string oldest, Reader idle) = readers.MinBy(entry => entry.Value.LastRead);
            if (now - idle.LastRead < ZeroStart.Youth.Ticks * TimeSpan.NanosecondsPerTick) return false;
            readers.Remove(oldest);
        }
        reader = new Reader(new MetricSet(sources, new ZeroStart(applies: true, started)));
        readers.Add(identity, reader);
        return true;
    }

    private sealed class Reader(MetricSet metrics)
    {
        public MetricSet Metrics => metrics;
        public long LastRead { get; set; }
    }
}
