using SFlow.Exporter.Agents;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

[Collection(nameof(Alone))]
public sealed class WorkerTests
{
    private static byte[] Build(uint sequence, int samples)
    {
        DatagramBuilder datagram = new() { Sequence = sequence };
        for (uint i = 0; i < samples; i++) datagram.Add(new FlowSampleBuilder { Sequence = sequence * 1_000 + i, SamplingRate = 64 }.AddHeader(PacketBuilder.TcpFrame()));
        return datagram.Build();
    }

    [Fact]
    public void Records_beyond_one_batch_lose_none_and_keep_their_order()
    {
        Collector collector = new Collector().Take(Build(1, 100), Build(2, 100), Build(3, 100));

        Assert.Equal(300, collector.Records.Count);
        Assert.InRange(collector.Batches, 2, 299);
        Assert.Equal(collector.Records.Select(record => record.SampleSequence).Order(), collector.Records.Select(record => record.SampleSequence));
    }

    [Fact]
    public void The_agent_learns_samples_and_rate()
    {
        Collector collector = new Collector().Take([.. new DatagramBuilder()
            .Add(new FlowSampleBuilder { SamplingRate = 400 }.AddHeader(PacketBuilder.TcpFrame()))
            .Add(new FlowSampleBuilder { SamplingRate = 64 }.AddHeader(PacketBuilder.TcpFrame()))
            .Add(new CounterSampleBuilder()).Build()]);

        Agent agent = collector.Agents[collector.Records[0].Agent];
        Assert.Equal((2, 1, 64u), (agent.FlowSamples, agent.CounterSamples, agent.SamplingRate));
    }

    [Fact]
    public void Reading_samples_allocates_nothing()
    {
        byte[] payload = Build(1, 7);
        byte[] cut = payload[..^5];
        FlowSampleReader reader = new(100, new SkippedStructures());
        Flow record = default;
        ReadAll(reader, payload, ref record);

        int read = 0;
        long allocated = Allocated.Least(() =>
        {
            read = 0;
            for (int i = 0; i < 1_000; i++) read += ReadAll(reader, payload, ref record) + ReadAll(reader, cut, ref record);
        });

        Assert.Equal(1_000 * 13, read);
        Assert.Equal(0, allocated);
    }

    private static int ReadAll(FlowSampleReader reader, byte[] payload, ref Flow record)
    {
        int read = 0;
        if (Datagram.TryRead(payload, out Datagram datagram) != DecodeStatus.Ok) return -1;
        StructureEnumerator samples = datagram.Samples;
        while (samples.MoveNext())
        {
            if (!FlowSample.TryRead(samples.Current, out FlowSample sample)) continue;
            new SampleIdentity(default, 1, 2, 3).Of(samples.Current.Data, read, out record.IdHigh, out record.IdLow);
            reader.Read(sample, ref record);
            read++;
        }
        return read;
    }
}
