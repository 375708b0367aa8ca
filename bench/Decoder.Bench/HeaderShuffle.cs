using BenchmarkDotNet.Attributes;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Pipeline;
using SFlow.Packets;
using SFlow.Samples;

namespace SFlow.Bench;

/// <summary>A usual sampled header and a sample's words into a record: by shuffles against field by field.</summary>
public class HeaderShuffle
{
    private const int Count = 4_096, HeaderLength = 128;

    private readonly byte[] headers = new byte[Count * HeaderLength];
    private readonly byte[] datagram = new byte[28 + 8 + 32];
    private readonly Flow[] records = new Flow[64];

    [GlobalSetup]
    public void Fill()
    {
        Random random = new(1);
        random.NextBytes(headers);
        for (int at = 0; at < Count; at++)
        {
            Span<byte> header = headers.AsSpan(at * HeaderLength, HeaderLength);
            bool tagged = random.Next(100) < 15, v6 = random.Next(100) < 10, tcp = random.Next(100) < 80;
            if (tagged) (header[12], header[13]) = (0x81, 0x00);
            Span<byte> type = header[(tagged ? 16 : 12)..], network = type[2..];
            (type[0], type[1]) = v6 ? ((byte)0x86, (byte)0xDD) : ((byte)0x08, (byte)0x00);
            network[0] = (byte)(v6 ? 0x60 : 0x45);
            if (!v6) (network[6], network[7]) = (0x40, 0);
            network[v6 ? 6 : 9] = (byte)(tcp ? 6 : 17);
        }
        random.NextBytes(datagram);
        datagram.AsSpan(0, 8).Clear();
        (datagram[3], datagram[7]) = (5, 1);
        datagram.AsSpan(24, 12).Clear();
        (datagram[27], datagram[31], datagram[35]) = (1, 1, 32);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void HeaderByFields()
    {
        for (int at = 0; at < Count; at++)
            FlowSampleReader.ReadPacket(HeaderProtocol.Ethernet, headers.AsSpan(at * HeaderLength, HeaderLength), 0, ref records[at & 63]);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int HeaderByShuffles()
    {
        int usual = 0;
        for (int at = 0; at < Count; at++)
            if (CommonHeaderKernel.TryStore(headers.AsSpan(at * HeaderLength, HeaderLength), ref records[at & 63])) usual++;
        return usual;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void WordsOneByOne()
    {
        FlowSample sample = Sample();
        for (int at = 0; at < Count; at++) FlowSampleReader.ReadFixed(sample, ref records[at & 63]);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void WordsAtOnce()
    {
        FlowSample sample = Sample();
        for (int at = 0; at < Count; at++) FlowSampleKernel.TryStore(sample.Data, ref records[at & 63]);
    }

    private FlowSample Sample()
    {
        _ = Datagram.TryRead(datagram, out Datagram read);
        StructureEnumerator samples = read.Samples;
        _ = samples.MoveNext();
        _ = FlowSample.TryRead(samples.Current, out FlowSample sample);
        return sample;
    }
}
