using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>
/// The work for a datagram is bounded by its length, whatever it says: counted in samples, records and fields, so that no clock decides.
/// Nothing can be announced often without taking bytes each time.
/// </summary>
public sealed class BoundedTimeTests
{
    private const int Largest = 65_507;

    public static TheoryData<string, byte[]> Worst()
    {
        byte[] ofHeaders = DatagramBuilder.Words([.. Enumerable.Repeat(0u, Largest / 4 - 20)]);
        return new()
        {
            { "samples without length", Repeat(28, new DatagramBuilder { SampleCount = 8_191 }.Build(), DatagramBuilder.Words(1, 0)) },
            { "more samples than fit", Repeat(28, new DatagramBuilder { SampleCount = uint.MaxValue }.Build(), DatagramBuilder.Words(1, 0)) },
            { "unknown samples without length", Repeat(28, new DatagramBuilder { SampleCount = 8_191 }.Build(), DatagramBuilder.Words(4_242, 0)) },
            { "records without length", OneSample(8_191, DatagramBuilder.Words(2_201, 0)) },
            { "records of one word", OneSample(5_400, DatagramBuilder.Words(1_012, 4, 0)) },
            { "records that announce the most words", OneSample(5_400, DatagramBuilder.Words(1_012, 4, uint.MaxValue)) },
            { "paths of empty segments", OneRecord(1_003, [.. DatagramBuilder.Words(0, 1, 2, 3, 8_000), .. ofHeaders]) },
            { "paths that announce the most segments", OneRecord(1_003, [.. DatagramBuilder.Words(0, 1, 2, 3, uint.MaxValue), .. ofHeaders]) },
            { "adapters without addresses", OneRecord(2_001, [.. DatagramBuilder.Words(8_000), .. ofHeaders], sample: 2) },
            { "the most adapters", OneRecord(2_001, [.. DatagramBuilder.Words(uint.MaxValue), .. ofHeaders], sample: 2) },
            { "VLAN tags to the end", OneRecord(1, Header([.. new byte[12], .. Enumerable.Repeat(new byte[] { 0x81, 0, 0x81, 0 }, 16_000).SelectMany(tag => tag)])) },
            { "MPLS labels to the end", OneRecord(1, Header(PacketBuilder.Ethernet(0x8847, new byte[64_000]))) },
            { "tunnels to the end", OneRecord(1, Header(PacketBuilder.Ethernet(0x0800, Tunnels(3_000)))) },
            { "Geneve options to the end", OneRecord(1, Header(PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 17, PacketBuilder.Udp(1, 6081, [0x3F, .. new byte[1_000]]))))) },
        };
    }

    [Theory]
    [MemberData(nameof(Worst))]
    public void Nothing_is_read_more_often_than_it_has_bytes(string what, byte[] payload)
    {
        Assert.InRange(payload.Length, 1, 65_535);
        using GuardedBytes guarded = new(65_535);
        Everything.Read(guarded.Copy(payload), out int samples, out _);
        long steps = samples;
        Datagram.TryRead(payload, out Datagram datagram);
        FoldingVisitor visitor = new();
        for (StructureEnumerator walk = datagram.Samples; walk.MoveNext();)
        {
            StructureEnumerator records =
                Samples.FlowSample.TryRead(walk.Current, out Samples.FlowSample flow) ? flow.Records
                : Samples.CounterSample.TryRead(walk.Current, out Samples.CounterSample counters) ? counters.Records : default;
            while (records.MoveNext())
            {
                steps++;
                KnownRecords.VisitFlow(records.Current, ref visitor);
                KnownRecords.VisitCounter(records.Current, ref visitor);
            }
        }
        // A field takes four bytes at least; lists and groups have an end each, and a path is named twice.
        long bound = payload.Length / 8 + payload.Length;
        Assert.True(steps + visitor.Fields <= bound, $"{what}: {steps} structures, {visitor.Fields} fields in {payload.Length} bytes");
    }

    private static byte[] Repeat(int start, byte[] head, byte[] unit) =>
        [.. head, .. Enumerable.Repeat(unit, (Largest - start) / unit.Length).SelectMany(bytes => bytes)];

    private static byte[] OneSample(int count, byte[] record)
    {
        byte[] records = [.. Enumerable.Repeat(record, Math.Min(count, (Largest - 100) / record.Length)).SelectMany(bytes => bytes)];
        return new DatagramBuilder().Add(1, [.. new byte[28], .. DatagramBuilder.Words((uint)count), .. records]).Build();
    }

    private static byte[] OneRecord(uint tag, byte[] body, uint sample = 1)
    {
        body = body[..Math.Min(body.Length, Largest - 200)];
        body = body[..(body.Length / 4 * 4)];
        return sample == 1
            ? new DatagramBuilder().Add(new FlowSampleBuilder().Add(tag, body)).Build()
            : new DatagramBuilder().Add(new CounterSampleBuilder().Add(tag, body)).Build();
    }

    private static byte[] Header(byte[] header)
    {
        header = header[..Math.Min(header.Length, Largest - 400)];
        return [.. DatagramBuilder.Words(1, 1_500, 4), .. DatagramBuilder.Opaque(header)];
    }

    private static byte[] Tunnels(int count)
    {
        byte[] outer = PacketBuilder.IPv4("10.0.0.1", "10.0.0.2", 4, []);
        return [.. Enumerable.Repeat(outer, count).SelectMany(bytes => bytes)];
    }
}
