using System.Text;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// Remembers which series are new, and since which rendering they exist, so that a reader sees each at zero before it sees its value.
/// <c>increase()</c> counts only what comes after the first value that Prometheus stored, so a series that starts with its first bytes would
/// hide them. An old series must not start with a zero: to a Prometheus that lost its memory, its whole life would look like one increase.
/// </summary>
/// <param name="started">When the program started, in nanoseconds of Unix time.</param>
internal sealed class ZeroInitialization(long started)
{
    /// <summary>How young a series must be: as long as Prometheus looks back for the last value of a series.</summary>
    public static readonly TimeSpan Youth = TimeSpan.FromMinutes(5);

    private static readonly long YouthNanoseconds = Youth.ToNanoseconds();
    private readonly Dictionary<byte[], NewSeries> young = new(Utf8Comparer.Instance);
    private long now = started, previous = started;

    /// <summary>When this rendering began, in nanoseconds of Unix time.</summary>
    public long Now => now;

    /// <summary>Number of this rendering; the first is 1.</summary>
    public long Rendering { get; private set; }

    /// <summary>Series that may have to start with a zero, by name and labels as the exposition writes them.</summary>
    public Dictionary<byte[], NewSeries>.AlternateLookup<ReadOnlySpan<byte>> Young => young.GetAlternateLookup<ReadOnlySpan<byte>>();

    public bool IsEmpty => young.Count == 0;

    /// <summary>A rendering begins.</summary>
    public void Begin(long nowNanoseconds)
    {
        (previous, now) = (now, nowNanoseconds);
        Rendering++;
        foreach ((byte[] series, NewSeries birth) in young)
            if (!IsYoung(birth.BornNanoseconds)) young.Remove(series);
    }

    /// <summary>This rendering has a series that none before it had, born at that time.</summary>
    public void Add(MetricDefinition metric, string[] labels, long bornNanoseconds)
    {
        if (IsYoung(bornNanoseconds)) young[Key(metric, labels)] = new NewSeries(bornNanoseconds, Rendering);
    }

    /// <summary>The same for a series without a time of birth: it came after the rendering before this one.</summary>
    public void Add(MetricDefinition metric, string[] labels) => Add(metric, labels, previous);

    /// <summary>Whether a series that was born then may have to start with a zero.</summary>
    public bool IsYoung(long bornNanoseconds) => now - bornNanoseconds < YouthNanoseconds;

    /// <summary>A label value as both text formats write it.</summary>
    public static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\"", "\\\"");

    private static byte[] Key(MetricDefinition metric, string[] labels)
    {
        StringBuilder key = new(metric.Name);
        for (int i = 0; i < labels.Length; i++)
            key.Append(i == 0 ? '{' : ',').Append(metric.Labels[i]).Append("=\"").Append(Escape(labels[i])).Append('"');
        if (labels.Length > 0) key.Append('}');
        return Encoding.UTF8.GetBytes(key.ToString());
    }
}

/// <param name="BornNanoseconds">When the series began, or a time before.</param>
/// <param name="Rendering">The first rendering that has it.</param>
internal readonly record struct NewSeries(long BornNanoseconds, long Rendering);
