using SFlow.Exporter.History;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Tests.Store;

namespace SFlow.Exporter.Tests.History.Query;

/// <summary>
/// A history of random minutes in memory. Hours and days are summed here row by row. Hosts and services have the ids of the registries that random filters
/// are compared with.
/// </summary>
internal sealed class MemoryHistory : IHistory, IHistorySnapshot
{
    private readonly Dictionary<(HistoryResolution Resolution, long Start), (long Milliseconds, HistorySums Unnamed, Dictionary<(int, int, int, bool), HistorySums> Rows)> windows = [];

    public MemoryHistory(SampleFlows names)
    {
        Registries = names.Registries;
        Names = new HistoryNames(
            [.. Enumerable.Range(0, Registries.Endpoints.Count).Select(id => Registries.Endpoints[id])],
            [null, .. Enumerable.Range(1, Registries.Services.Count - 1).Select(id => Registries.Services[id])]);
    }

    public Registries Registries { get; }
    public HistoryNames Names { get; }

    /// <summary>Every minute with its rows, for the second computation.</summary>
    public List<(long Minute, long Milliseconds, HistorySums Unnamed, HistoryRow[] Rows)> Minutes { get; } = [];

    /// <summary>Called at each window of a scan.</summary>
    public Action OnWindow { get; set; } = () => { };

    /// <summary>Earliest start of minutes and hours that are kept.</summary>
    public long MinutesFrom { get; set; }
    public long HoursFrom { get; set; }

    public void Add(long minute, long milliseconds, HistorySums unnamed, HistoryRow[] rows)
    {
        Minutes.Add((minute, milliseconds, unnamed, rows));
        foreach (HistoryResolution resolution in Enum.GetValues<HistoryResolution>())
        {
            long length = resolution == HistoryResolution.Minute ? 60 : resolution == HistoryResolution.Hour ? 3_600 : 86_400;
            (HistoryResolution, long) key = (resolution, minute / length * length);
            (long before, HistorySums others, Dictionary<(int, int, int, bool), HistorySums> sums) = windows.TryGetValue(key, out var known) ? known : (0, default, []);
            foreach (HistoryRow row in rows)
            {
                HistorySums sum = sums.GetValueOrDefault((row.Source, row.Destination, row.Service, row.IsNodePort));
                sum.Add(row.Sums);
                sums[(row.Source, row.Destination, row.Service, row.IsNodePort)] = sum;
            }
            others.Add(unnamed);
            windows[key] = (before + milliseconds, others, sums);
        }
    }

    /// <summary>Random minutes, some of them missing, some without rows.</summary>
    public MemoryHistory Fill(Random random, long from, int minutes)
    {
        (int, int, int, bool)[] keys =
            [.. Enumerable.Range(0, 150).Select(_ => (random.Next(Names.Hosts.Length), random.Next(Names.Hosts.Length), random.Next(Names.Services.Length), random.Next(10) == 0)).Distinct()];
        for (int minute = 0; minute < minutes; minute++)
        {
            if (random.Next(8) == 0) continue;
            HistoryRow[] rows = [.. keys.Where(_ => random.Next(6) == 0).Select(key => new HistoryRow { Source = key.Item1, Destination = key.Item2, Service = key.Item3, IsNodePort = key.Item4, Sums = Sums(random) })];
            Add(from + (minute * 60), random.Next(10) == 0 ? 31_000 : 60_000, random.Next(3) == 0 ? Sums(random) : default, random.Next(20) == 0 ? [] : rows);
        }
        return this;
    }

    public IHistorySnapshot Open() => this;

    public HistoryCoverage? Coverage(HistoryResolution resolution)
    {
        long[] starts = [.. Starts(resolution)];
        return starts.Length == 0 ? null : new HistoryCoverage(starts.Min(), Minutes.Max(minute => minute.Minute) + 60);
    }

    public void Scan(HistoryResolution resolution, long from, long to, IHistoryVisitor visitor, CancellationToken cancellation)
    {
        foreach (long start in Starts(resolution).Where(start => start >= from && start < to).Order())
        {
            cancellation.ThrowIfCancellationRequested();
            OnWindow();
            (long milliseconds, HistorySums unnamed, Dictionary<(int Source, int Destination, int Service, bool IsNodePort), HistorySums> rows) = windows[(resolution, start)];
            visitor.Visit(
                new HistoryWindow { Start = start, CoveredMilliseconds = milliseconds, Unnamed = unnamed },
                [.. rows.Select(row => new HistoryRow { Source = row.Key.Source, Destination = row.Key.Destination, Service = row.Key.Service, IsNodePort = row.Key.IsNodePort, Sums = row.Value })]);
        }
    }

    public void Dispose()
    {
    }

    private IEnumerable<long> Starts(HistoryResolution resolution)
    {
        long earliest = resolution == HistoryResolution.Minute ? MinutesFrom : resolution == HistoryResolution.Hour ? HoursFrom : 0;
        return windows.Keys.Where(key => key.Resolution == resolution && key.Start >= earliest).Select(key => key.Start);
    }

    private static HistorySums Sums(Random random)
    {
        ulong samples = (ulong)random.Next(1, 40), packets = samples * 400, bytes = packets * (ulong)random.Next(60, 1_500);
        return new HistorySums { Bytes = bytes, Packets = packets, Samples = samples, BytesVariance = bytes * 400.0 * random.Next(60, 1_500), PacketsVariance = packets * 399.0 };
    }
}
