using System.Diagnostics;
using System.Globalization;
using Prometheus;
using SFlow.Exporter.Count;
using SFlow.Exporter.Count.Families;
using SFlow.Exporter.Metrics;
using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>
/// A family of five metrics with 2,000 to 50,000 series, beside the same counters in prometheus-net: update of a series, update of a key without one,
/// memory of a series, time and allocation of a scrape.
/// </summary>
internal static class FamilyScale
{
    private const int Batch = 64, Updates = 1 << 20;

    private static readonly string[] Figures = ["bytes", "packets", "samples", "bytes_variance", "packets_variance"];

    public static IEnumerable<string> Measure()
    {
        yield return "| series | program | update, ns | update without a series, ns | memory a series, bytes | scrape, ms | allocated by a scrape, bytes |";
        yield return "|---|---|---|---|---|---|---|";
        foreach (int series in (int[])[2_000, 10_000, 50_000])
        {
            yield return Ours(series);
            yield return Library(series);
        }
    }

    private static string Ours(int series)
    {
        Registries names = new();
        int[] endpoints = Endpoints(names, 1_000);
        Flow[] hot = Flows(endpoints, series), cold = [.. Flows(endpoints, 900_000).Skip(series)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Family<NamespacePairFamily> family = new(names, new FamilyLimits(series + 2), 0);
        FamilySet set = new(family);
        CountStage stage = set.NewStage();
        for (int at = 0; at < hot.Length; at += Batch) stage.Process(hot.AsSpan(at, Math.Min(Batch, hot.Length - at)));
        set.Balance(1_000_000_000, 1);
        FamilyText text = new(family);
        ZeroInitialization zero = new(0);
        using MemoryStream exposition = new();
        zero.Begin(600_000_000_000);
        text.Take(zero.Rendering);
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        double update = Time(() => Pass(stage, hot)), without = Time(() => Pass(stage, cold));
        (double scrape, long allocated) = Scrape(exposition, () =>
        {
            text.Take(zero.Rendering);
            text.Write(exposition, openMetrics: false, zero, []);
        });
        GC.KeepAlive(family);
        return Row(series, "sflow-exporter", update, without, memory, scrape, allocated);
    }

    private static string Library(int series)
    {
        string[] labels = [.. Enumerable.Range(0, 1_000).Select(i => $"space-{i}")];
        (string Source, string Destination)[] keys = [.. Enumerable.Range(0, series).Select(i => (labels[i % 1_000], labels[i / 1_000]))];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        CollectorRegistry registry = Prometheus.Metrics.NewCustomRegistry();
        MetricFactory factory = Prometheus.Metrics.WithCustomRegistry(registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        Counter[] counters = [.. Figures.Select(figure => factory.CreateCounter($"sflow_{figure}_total", "A figure.", "source_namespace", "destination_namespace"))];
        foreach ((string source, string destination) in keys)
            foreach (Counter counter in counters) counter.WithLabels(source, destination).Inc(1);
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Random random = new(1);
        double update = Time(() =>
        {
            for (int i = 0; i < Updates / 8; i++)
            {
                (string source, string destination) = keys[random.Next(keys.Length)];
                foreach (Counter counter in counters) counter.WithLabels(source, destination).Inc(1_400);
            }
        }) * 8;
        using MemoryStream exposition = new();
        (double scrape, long allocated) = Scrape(exposition, () => registry.CollectAndExportAsTextAsync(exposition, ExpositionFormat.PrometheusText).GetAwaiter().GetResult());
        return Row(series, "prometheus-net", update, null, memory, scrape, allocated);
    }

    private static void Pass(CountStage stage, Flow[] flows)
    {
        int at = 0;
        for (int sent = 0; sent < Updates; sent += Batch)
        {
            if (at + Batch > flows.Length) at = 0;
            stage.Process(flows.AsSpan(at, Math.Min(Batch, flows.Length)));
            at += Batch;
        }
    }

    /// <summary>The least of five, in nanoseconds an update, after one that warms up.</summary>
    private static double Time(Action pass)
    {
        double least = double.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            long start = Stopwatch.GetTimestamp();
            pass();
            if (round > 0) least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Updates);
        }
        return least;
    }

    private static (double Milliseconds, long Allocated) Scrape(MemoryStream exposition, Action scrape)
    {
        double least = double.MaxValue;
        long allocated = 0;
        for (int round = 0; round < 8; round++)
        {
            exposition.SetLength(0);
            long before = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            scrape();
            if (round > 0) (least, allocated) = (Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds), GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return (least, allocated);
    }

    private static int[] Endpoints(Registries names, int count) =>
        [.. Enumerable.Range(0, count).Select(i => names.Endpoints.Intern(new FlowEndpoint { Kind = EndpointKind.Pod, Label = $"space-{i}", Name = "pod" }).Id)];

    /// <summary>One sample a pair, in random order.</summary>
    private static Flow[] Flows(int[] endpoints, int pairs)
    {
        Flow[] flows = [.. Enumerable.Range(0, pairs).Select(i => new Flow
        {
            Counted = true, SourceEndpoint = endpoints[i % endpoints.Length], DestinationEndpoint = endpoints[i / endpoints.Length], FrameLength = 1_404, Stripped = 4, SamplingRate = 400,
        })];
        new Random(1).Shuffle(flows.AsSpan(0, Math.Min(pairs, 50_000)));
        return flows;
    }

    private static string Row(int series, string program, double update, double? without, long memory, double scrape, long allocated) => string.Create(
        CultureInfo.InvariantCulture, $"| {series} | {program} | {update:F1} | {(without is { } ns ? ns.ToString("F1", CultureInfo.InvariantCulture) : "")} | {memory / series} | {scrape:F2} | {allocated} |");
}
