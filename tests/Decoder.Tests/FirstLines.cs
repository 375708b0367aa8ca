using SFlow.CounterRecords;
using SFlow.FlowRecords;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Decoder.Tests;

/// <summary>The code of docs/decoder.md.</summary>
internal static class FirstLines
{
    public static void Print(ReadOnlySpan<byte> payload, TextWriter output)
    {
        output.NewLine = "\n";
        if (Datagram.TryRead(payload, out Datagram datagram) != DecodeStatus.Ok) return;
        foreach (Structure sample in datagram.Samples)
        {
            if (!FlowSample.TryRead(sample, out FlowSample flow)) continue;
            foreach (Structure record in flow.Records)
            {
                if (record.Tag != SampledHeader.Tag || !SampledHeader.TryRead(record.Data, out SampledHeader header)) continue;
                SampledPacket packet = SampledPacket.Dissect(header.Protocol, header.Header);
                output.WriteLine($"{packet.Source}:{packet.SourcePort} to {packet.Destination}:{packet.DestinationPort}, 1 in {flow.SamplingRate}");
            }
        }
        PrintOthers(datagram, output);
    }

    private static void PrintOthers(Datagram datagram, TextWriter output)
    {
        foreach (Structure sample in datagram.Samples)
        {
            if (FlowSample.TryRead(sample, out FlowSample flow))
            {
                foreach (Structure record in flow.Records)
                {
                    DataFormat format = record.Format;
                    if (format.Enterprise != 0) output.WriteLine($"skipped {format.Enterprise}:{format.Format}, {record.Data.Length} bytes");
                }
            }
            if (!CounterSample.TryRead(sample, out CounterSample counters)) continue;
            foreach (Structure record in counters.Records)
            {
                if (record.Tag == HostMemory.Tag && HostMemory.TryRead(record.Data, out HostMemory memory))
                    output.WriteLine($"free {memory.Free} of {memory.Total} bytes");
            }
        }
    }
}
