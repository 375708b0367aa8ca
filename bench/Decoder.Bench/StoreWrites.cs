using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Http.Access;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Exporter.Store;

namespace SFlow.Bench;

/// <summary>
/// The embedded store by itself: records of a capture, each with an identity of its own, written as full batches; then searches over what is there.
/// One line a figure, its name and value separated by a tab.
/// </summary>
internal static class StoreWrites
{
    private const int Fresh = 1_000_000, Full = 300_000, Searches = 15;

    public static void Measure(string capture, string? inventory)
    {
        (CapturePipeline line, List<Flow> collected) = CollectedFlows.Of(capture, inventory);
        Feed feed = new(collected);

        // What is compiled again while it runs is compiled by then, as the published program is from the start.
        for (int i = 0; i < 2; i++)
        {
            using Folder warm = new();
            using RecordStore store = Open(warm, line.Registries, Full / 2);
            Write(null, store, feed, Full);
            Search(null, store, feed);
            Thread.Sleep(500);
        }
        using Folder fresh = new();
        using (RecordStore store = Open(fresh, line.Registries, 2_000_000))
        {
            Write("fresh store", store, feed, Fresh);
            Search("search", store, feed);
        }
        Print("file, bytes a record", (double)new FileInfo(Path.Combine(fresh.Path, "records.db")).Length / Fresh);
        using Folder full = new();
        using RecordStore evicting = Open(full, line.Registries, Full);
        Write(null, evicting, feed, Full);
        Write("full store", evicting, feed, Fresh);
    }

    private static RecordStore Open(Folder folder, Registries names, long rows)
    {
        StoreOptions options = new() { Folder = folder.Path, MaximumRows = rows };
        RecordStore store = new(options, names, new StoreStats(), TimeProvider.System, NullLogger<RecordStore>.Instance);
        store.Open();
        return store;
    }

    private static void Write(string? title, RecordStore store, Feed feed, int count)
    {
        TimeSpan used = TimeSpan.Zero, passed = TimeSpan.Zero;
        for (int written = 0; written < count;)
        {
            RecordBatch[] batches = feed.Next(store.BatchesPerTransaction);
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            WriteResult result = store.Write(batches);
            passed += Stopwatch.GetElapsedTime(started);
            used += Environment.CpuUsage.TotalTime - before;
            if (result.AlreadyThere > 0) throw new InvalidOperationException("a record was there already");
            written += (int)result.Written;
            foreach (RecordBatch batch in batches) batch.Release();
        }
        if (title is null) return;
        Print($"{title}, CPU ns a record", used.TotalNanoseconds / count);
        Print($"{title}, records a second", count / passed.TotalSeconds);
    }

    private static void Search(string? heading, RecordStore store, Feed feed)
    {
        using RecordSearch search = new(store, new SearchLimits { Time = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        Address none = Address.FromIPv4(0x01020304);
        (string Title, SearchQuery Query)[] all =
        [
            ("newest 100", new SearchQuery()),
            ("100 of a namespace", new SearchQuery { Namespace = "space-3" }),
            ("100 of an address", new SearchQuery { Address = new AddressRange(feed.First.Source, feed.First.Source) }),
            ("port without match", new SearchQuery { Port = 1 }),
            ("network without match", new SearchQuery { Address = new AddressRange(none, none) }),
            ("namespace and port without match", new SearchQuery { Namespace = "space-3", Port = 1 }),
        ];
        foreach ((string title, SearchQuery query) in all)
        {
            List<double> times = [];
            for (int i = 0; i < Searches; i++)
            {
                long started = Stopwatch.GetTimestamp();
                _ = search.SearchAsync(query, Viewer.Everything, CancellationToken.None).GetAwaiter().GetResult();
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            times.Sort();
            if (heading is not null) Print($"{heading}, {title}, ms", times[Searches / 2]);
        }
    }

    private static void Print(string name, double value) => Console.WriteLine(name + "\t" + value.ToString("F2", CultureInfo.InvariantCulture));

    /// <summary>The records again and again, a later datagram each time.</summary>
    private sealed class Feed(List<Flow> flows)
    {
        private readonly RecordPool pool = new(RecordQueue.BatchSize);
        private uint round;
        private int next;

        public Flow First => flows[0];

        public RecordBatch[] Next(int count)
        {
            RecordBatch[] batches = new RecordBatch[count];
            for (int i = 0; i < count; i++)
            {
                batches[i] = pool.Rent();
                while (!batches[i].IsFull) batches[i].Add(Renewed());
                batches[i].Hold(1);
            }
            return batches;
        }

        private Flow Renewed()
        {
            Flow flow = flows[next];
            flow.IdHigh ^= round * 0x9E37_79B9_7F4A_7C15;
            flow.IdLow += round * 0xD6E8_FEB8_6659_FD93;
            flow.DatagramSequence += round * 100_000;
            flow.UptimeMilliseconds += round * 60_000;
            flow.SampleSequence += round * 100_000;
            flow.SamplePool += round * 40_000_000;
            flow.TimestampNanoseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
            if (++next == flows.Count) (next, round) = (0, round + 1);
            return flow;
        }
    }

    /// <summary>A folder that is deleted in the end.</summary>
    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("sflow-store-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
