using System.Diagnostics;
using SFlow.Exporter.Identify;
using SFlow.Exporter.Pipeline;

namespace SFlow.Bench.Kubernetes;

/// <summary>What a receive worker asks of the book: batches of look-ups, at a worker's pace, timed.</summary>
internal sealed class Reader(AddressBookHolder holder, Registries names, Address[] addresses)
{
    private const int Batch = 64, BatchesASecond = 1_000;
    private readonly List<double> nanoseconds = [];
    private long wrong;

    /// <summary>Median and 99th percentile of the time of one look-up, in nanoseconds, each over a batch.</summary>
    public (double Median, double High, long Wrong) Run(TimeSpan time)
    {
        Random random = new(3);
        int[] found = new int[Batch];
        nanoseconds.Clear();
        wrong = 0;
        long start = Stopwatch.GetTimestamp();
        for (long batch = 0; Stopwatch.GetElapsedTime(start) < time; batch++)
        {
            while (batch > Stopwatch.GetElapsedTime(start).TotalSeconds * BatchesASecond) Thread.Sleep(1);
            long began = Stopwatch.GetTimestamp();
            AddressBook book = holder.Current;
            for (int at = 0; at < Batch; at++)
                found[at] = book.Find(addresses[random.Next(addresses.Length)]);
            nanoseconds.Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / Batch);
            wrong += found.Count(endpoint => names.Endpoints[endpoint].Kind != EndpointKind.Pod);
        }
        nanoseconds.Sort();
        return (nanoseconds[nanoseconds.Count / 2], nanoseconds[nanoseconds.Count * 99 / 100], wrong);
    }
}
