using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.History;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Bench;

/// <summary>
/// The history by itself: a week of minutes with 2,000 rows each, of 200 workloads on 20 nodes, written as the exporter writes them; then scans of
/// the last hour and the last week. One line a figure, its name and value separated by a tab.
/// </summary>
internal static class HistoryScans
{
    private const int Live = 2_000, Hosts = 400, Days = 7, MinutesADay = 1_440, Scans = 15;
    private const long Start = 1_800_057_600;

    public static void Measure()
    {
        string folder = Directory.CreateTempSubdirectory("sflow-bench-").FullName;
        try
        {
            Measure(new StoreOptions { Folder = folder });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(StoreOptions options)
    {
        Registries names = new();
        int[] hosts = [.. Enumerable.Range(0, Hosts).Select(host => names.Endpoints.Hosts.Of(names.Endpoints.Intern(new FlowEndpoint
        {
            Kind = EndpointKind.Pod, Label = $"space-{host % 40}", OwnerKind = "Deployment", OwnerName = $"workload-{host % 200}", NodeName = $"node-{host / 20}", Zone = $"zone-{host / 20 % 3}",
        }).Id))];
        int[] services = [.. Enumerable.Range(0, 100).Select(service => names.Services.Intern($"space-{service % 40}/service-{service}:http"))];
        Random random = new(1);
        ulong[] keys = [.. Enumerable.Range(0, Live).Select(_ => HistoryKey.Of(hosts[random.Next(Hosts)], hosts[random.Next(Hosts)], false, services[random.Next(100)])).Distinct()];
        using RecordStore store = new(options, names, new StoreStats(), TimeProvider.System, NullLogger<RecordStore>.Instance);
        store.Open();
        HistoryStats stats = new();
        HistoryWriter writer = new(store, new HistoryNaming(names), options, stats, NullLogger<HistoryWriter>.Instance);
        double slowest = 0;
        long started = Stopwatch.GetTimestamp();
        for (int minute = 0; minute < Days * MinutesADay; minute++)
        {
            long before = Stopwatch.GetTimestamp();
            writer.Write([Minute(random, keys, Start + minute * 60L)]);
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            if (minute == MinutesADay - 1) Print("bytes of the first day, minutes and hours", stats.Bytes);
        }
        Print("write of a minute, mean ms", Stopwatch.GetElapsedTime(started).TotalMilliseconds / (Days * MinutesADay));
        Print("write of a minute, slowest ms", slowest);
        Print("bytes of a week", stats.Bytes);
        long end = Start + Days * MinutesADay * 60L;
        Scan(store, "last hour by minute", HistoryResolution.Minute, end - 3_600, end);
        Scan(store, "last day by minute", HistoryResolution.Minute, end - 86_400, end);
        Scan(store, "last week by hour", HistoryResolution.Hour, end - 7 * 86_400, end);
    }

    /// <summary>Each key with 1 to 20 samples at a rate of 400.</summary>
    private static HistoryMinute Minute(Random random, ulong[] keys, long start) => new()
    {
        Start = start, Ended = start + 60, CoveredMilliseconds = 60_000,
        Rows = [.. keys.Select(key =>
        {
            ulong samples = (ulong)random.Next(1, 21), length = (ulong)random.Next(64, 1_500);
            return (key, new HistorySums
            {
                Bytes = samples * 400 * length, Packets = samples * 400, Samples = samples, BytesVariance = samples * 400.0 * 399 * length * length, PacketsVariance = samples * 400.0 * 399,
            });
        })],
    };

    private static void Scan(RecordStore store, string name, HistoryResolution resolution, long from, long to)
    {
        List<double> times = [];
        Sum sum = new();
        for (int scan = 0; scan < Scans; scan++)
        {
            sum = new Sum();
            long before = Stopwatch.GetTimestamp();
            using IHistorySnapshot snapshot = new HistoryReader(store).Open();
            snapshot.Scan(resolution, from, to, sum, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        times.Sort();
        Print($"scan of the {name}, median ms", times[Scans / 2]);
        Print($"scan of the {name}, rows", sum.Rows);
    }

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{value:F1}"));

    private sealed class Sum : IHistoryVisitor
    {
        public long Rows { get; private set; }
        public HistorySums Total { get; private set; }

        public void Visit(in HistoryWindow window, ReadOnlySpan<HistoryRow> rows)
        {
            Rows += rows.Length;
            HistorySums total = Total;
            foreach (ref readonly HistoryRow row in rows) total.Add(row.Sums);
            Total = total;
        }
    }
}
