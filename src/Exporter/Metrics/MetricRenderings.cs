using Prometheus;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Metrics;

/// <summary>
/// Renders the metrics, one rendering at a time. Scrapes that wait meanwhile share the next one; where many are in progress, one that is
/// younger than a second is used again, so that neither memory nor time grows with the number of readers.
/// </summary>
internal sealed class MetricRenderings(Sources sources, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly MetricSet metrics = new(sources, new ZeroInitialization(time.GetUtcNow().ToUnixNanoseconds()));
    private readonly Dictionary<ExpositionFormat, WeakReference<Rendering>> latest = [];
    private long begun;
    private int length = 65_536;

    /// <param name="format">One of the two text formats.</param>
    /// <param name="crowded">Whether a rendering that began before the request is good enough.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<Rendering> TakeAsync(ExpositionFormat format, bool crowded, CancellationToken cancellation)
    {
        long arrived = Interlocked.Read(ref begun);
        await turn.WaitAsync(cancellation);
        try
        {
            if (latest.TryGetValue(format, out WeakReference<Rendering>? last) && last.TryGetTarget(out Rendering? fresh)
                && (fresh.Number > arrived || crowded && time.GetElapsedTime(fresh.Taken) < SharedFor)) return fresh;
            Rendering made = await RenderAsync(format);
            latest[format] = new WeakReference<Rendering>(made);
            return made;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Rendering> RenderAsync(ExpositionFormat format)
    {
        Interlocked.Increment(ref begun);
        long taken = time.GetTimestamp();
        metrics.Fill(time.GetUtcNow().ToUnixNanoseconds());
        MemoryStream text = new(length + (length / 16));
        (List<NewValue> newValues, int rest) = await metrics.WriteAsync(text, format, CancellationToken.None);
        length = (int)text.Length;
        return new Rendering(text.GetBuffer().AsMemory(0, length), newValues, rest, metrics.Zero, taken);
    }
}
