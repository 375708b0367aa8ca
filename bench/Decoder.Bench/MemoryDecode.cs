using SFlow.Captures;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;

namespace SFlow.Bench;

/// <summary>Datagrams of a capture in memory, each flow sample decoded into all fields of a <see cref="Flow"/> that come from the wire.</summary>
internal static class MemoryDecode
{
    private const int WarmUp = 8, Rounds = 11;

    /// <summary>The median round's CPU nanoseconds a flow sample.</summary>
    public static double Measure(string file)
    {
        using CaptureReader reader = new(File.OpenRead(file));
        List<byte> bytes = [];
        List<int> ends = [];
        while (reader.TryRead(out CapturedDatagram datagram))
        {
            bytes.AddRange(datagram.Payload);
            ends.Add(bytes.Count);
        }
        byte[] payloads = [.. bytes];
        int[] bounds = [.. ends];

        List<double> rounds = [];
        for (int round = 0; round < WarmUp + Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            int samples = Decode(payloads, bounds);
            TimeSpan used = Environment.CpuUsage.TotalTime - before;
            // The compiler works beside the first rounds; it gets a moment to finish.
            if (round < WarmUp) Thread.Sleep(100);
            else rounds.Add(used.TotalNanoseconds / samples);
        }
        rounds.Sort();
        return rounds[Rounds / 2];
    }

    private static int Decode(byte[] payloads, int[] ends)
    {
        FlowSampleReader reader = new(uint.MaxValue, new SkippedStructures());
        Flow[] records = new Flow[64];
        int samples = 0, start = 0;
        foreach (int end in ends)
        {
            if (Datagram.TryRead(payloads.AsSpan(start..end), out Datagram datagram) == DecodeStatus.Ok)
            {
                StructureEnumerator structures = datagram.Samples;
                while (structures.MoveNext())
                {
                    if (!FlowSample.TryRead(structures.Current, out FlowSample flow)) continue;
                    ref Flow record = ref records[samples++ & 63];
                    reader.Read(flow, ref record);
                }
            }
            start = end;
        }
        return samples;
    }
}
