using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

public sealed class CounterRecordTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_counter_reaches_its_field(bool expanded)
    {
        byte[] interfaces =
        [
            .. DatagramBuilder.Words(7, 6), .. DatagramBuilder.Long(10_000_000_000), .. DatagramBuilder.Words(1, 3),
            .. DatagramBuilder.Long(1ul << 40), .. DatagramBuilder.Words(11, 12, 13, 14, 15, 16),
            .. DatagramBuilder.Long(1ul << 41), .. DatagramBuilder.Words(21, 22, 23, 24, 25, 26),
        ];
        byte[] resources = [.. DatagramBuilder.Words(31, 32), .. DatagramBuilder.Long(33), .. DatagramBuilder.Long(34), .. DatagramBuilder.Words(35, 36, 37, 38)];
        byte[] payload = new DatagramBuilder().Add(new CounterSampleBuilder { Expanded = expanded }
            .Add(1005, DatagramBuilder.Opaque("ovn-k8s-mp0"u8.ToArray())).Add(2203, resources).Add(2207, DatagramBuilder.Words(41, 42, 43, 44, 45, 46)).Add(1, interfaces)).Build();
        Collector collector = new Collector().Take(payload);

        CounterRecord record = Assert.Single(collector.Counters);
        Assert.True(record.HasInterface && record.HasOvsDatapath && record.HasResources);
        Assert.Equal((0u, 7u, Collector.Origin.SteadyNanoseconds), (record.SourceIdType, record.SourceIdIndex, record.SteadyNanoseconds));
        Assert.Equal((7u, 6u, 1u, 3u), (record.IfIndex, record.IfType, record.IfDirection, record.IfStatus));
        Assert.Equal((10_000_000_000ul, 1ul << 40, 1ul << 41), (record.IfSpeed, record.IfInOctets, record.IfOutOctets));
        Assert.Equal((11u, 12u, 13u, 14u, 15u), (record.IfInUcast, record.IfInMulticast, record.IfInBroadcast, record.IfInDiscards, record.IfInErrors));
        Assert.Equal((21u, 22u, 23u, 24u, 25u), (record.IfOutUcast, record.IfOutMulticast, record.IfOutBroadcast, record.IfOutDiscards, record.IfOutErrors));
        Assert.Equal((31u, 32u, 33ul, 34ul), (record.UserTime, record.SystemTime, record.MemoryUsed, record.MemoryMaximum));
        Assert.Equal((41u, 42u, 43u), (record.OvsHits, record.OvsMisses, record.OvsLost));
        Assert.Equal((44u, 45u, 46u), (record.OvsMaskHits, record.OvsFlows, record.OvsMasks));
        Assert.Equal((1, 0), (collector.Worker.CounterSamples, collector.Records.Count));
        Assert.Empty(collector.Worker.Skipped.Read());
    }

    [Fact]
    public void A_sample_without_a_known_structure_is_counted_but_gives_no_record()
    {
        Collector collector = new Collector().Take(new DatagramBuilder().Add(new CounterSampleBuilder().Add(2000, new byte[8])).Build());
        Assert.Empty(collector.Counters);
        Assert.Equal(1, collector.Worker.CounterSamples);
    }
}
