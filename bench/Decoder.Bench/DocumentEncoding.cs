using System.Diagnostics;
using System.Globalization;
using SFlow.Exporter.Commands;
using SFlow.Exporter.Elasticsearch;
using SFlow.Exporter.Pipeline;

namespace SFlow.Bench;

/// <summary>
/// Records of a capture written as items of bulk bodies, on one thread: time, bytes and allocations a document, and what gzip costs beside it.
/// One line a figure, its name and value separated by a tab.
/// </summary>
internal static class DocumentEncoding
{
    private const int Documents = 1_000_000, Rounds = 7, BodyBytes = 5 * 1024 * 1024;

    public static void Measure(string capture, string? inventory)
    {
        (CapturePipeline line, List<Flow> collected) = CollectedFlows.Of(capture, inventory);
        Flow[] flows = [.. collected];
        BulkItemWriter items = new(new EcsDocument(line.Registries), TimeProvider.System);
        BulkBody body = new(BodyBytes);

        Write(Documents / 2);
        Thread.Sleep(500);
        List<double> rounds = [];
        long allocated = 0, bytes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            bytes = Write(Documents);
            rounds.Add((Environment.CpuUsage.TotalTime - used).TotalNanoseconds / Documents);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        rounds.Sort();
        Print("records of the capture", flows.Length);
        Print("CPU ns a document, least", rounds[0]);
        Print("CPU ns a document, median", rounds[Rounds / 2]);
        Print("documents a second of one core, median", 1e9 / rounds[Rounds / 2]);
        Print("bytes a document", (double)bytes / Documents);
        Print("bytes allocated a document", (double)allocated / Documents);
        Compress(rounds[Rounds / 2]);

        long Write(int count)
        {
            long total = 0;
            items.Begin();
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> item = items.Write(flows[i % flows.Length]);
                total += item.Length;
                if (body.TryAdd(item)) continue;
                body.Clear();
                body.TryAdd(item);
            }
            return total;
        }

        void Compress(double encoding)
        {
            body.Clear();
            for (int i = 0; body.TryAdd(items.Write(Renewed(flows[i % flows.Length], i))); i++) { }
            long started = Stopwatch.GetTimestamp();
            ReadOnlyMemory<byte> packed = body.Pack();
            for (int i = 1; i < Rounds; i++) packed = body.Pack();
            double each = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Rounds / body.Count;
            Print("gzip, ns a document", each);
            Print("gzip, share of both", each / (each + encoding));
            Print("gzip, bytes a document", (double)packed.Length / body.Count);
        }
    }

    /// <summary>The same sample of a later datagram, so that compression does not find each document again.</summary>
    private static Flow Renewed(Flow flow, int round)
    {
        flow.IdHigh ^= (uint)round * 0x9E37_79B9_7F4A_7C15;
        flow.IdLow += (uint)round * 0xD6E8_FEB8_6659_FD93;
        flow.DatagramSequence += (uint)round;
        flow.UptimeMilliseconds += (uint)round * 10;
        flow.TimestampNanoseconds += round * 10_000_000L;
        flow.SampleSequence += (uint)round;
        return flow;
    }

    private static void Print(string name, double value) => Console.WriteLine(name + "\t" + value.ToString("F2", CultureInfo.InvariantCulture));
}
