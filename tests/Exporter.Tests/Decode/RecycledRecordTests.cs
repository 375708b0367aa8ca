using System.Reflection;
using System.Runtime.InteropServices;
using SFlow.Exporter.Agents;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Options;
using SFlow.Exporter.Pipeline;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>Records are used again without being cleared, so decoding must write each field: nothing of the former sample may show through.</summary>
public sealed class RecycledRecordTests(ITestOutputHelper output)
{
    private static readonly FieldInfo[] fields = typeof(Flow).GetFields(BindingFlags.Instance | BindingFlags.Public);

    /// <summary>As many samples as records are gathered.</summary>
    private static readonly byte[] former = Enumerable.Repeat(new FlowSampleBuilder().AddHeader([]), 64)
        .Aggregate(new DatagramBuilder { SubAgentId = 99 }, (datagram, sample) => datagram.Add(sample)).Build();

    [Fact]
    public void Every_field_of_a_record_is_written_anew()
    {
        long records = 0, differ = 0;
        foreach (byte[] payload in Payloads())
        {
            List<Flow> fresh = Decode(payload, 0), recycled = Decode(payload, 0xFF);
            Assert.Equal(fresh.Count, recycled.Count);
            for (int at = 0; at < fresh.Count; at++, records++)
                foreach (FieldInfo field in fields)
                    if (!Equals(field.GetValue(fresh[at]), field.GetValue(recycled[at]))) differ++;
        }
        output.WriteLine($"{records:N0} records, {records * fields.Length:N0} fields, {differ} differ");
        Assert.True(records > 10_000);
        Assert.Equal(0, differ);
    }

    /// <summary>The committed captures, whole and with bytes changed, and the shapes that they lack.</summary>
    private static IEnumerable<byte[]> Payloads()
    {
        Random random = new(7);
        foreach (string path in Directory.GetFiles(Path.Combine(SharedFolder.Repository, "tests", "captures"), "*.pcap"))
        {
            foreach (byte[] payload in Corpus.Payloads(path))
            {
                yield return payload;
                for (int copy = 0; copy < 4; copy++)
                {
                    byte[] changed = [.. payload];
                    for (int change = 0; change < 12; change++) changed[random.Next(changed.Length)] = (byte)random.Next(256);
                    yield return changed;
                }
            }
        }
        byte[] tcp = PacketBuilder.IPv4("10.128.0.5", "10.129.0.9", 6, PacketBuilder.Tcp(40_000, 443, 77, 88, 0x12));
        byte[][] headers =
        [
            PacketBuilder.Ethernet(0x0800, tcp), PacketBuilder.Ethernet(0x0800, tcp, 7), PacketBuilder.Ethernet(0x0800, tcp, 7, 9),
            PacketBuilder.Ethernet(0x0806, new byte[28]), PacketBuilder.Ethernet(0x86DD, new byte[30]), PacketBuilder.Ethernet(0x1234, []),
            PacketBuilder.Ethernet(0x0800, PacketBuilder.IPv4("10.128.0.5", "10.129.0.9", 17, PacketBuilder.Udp(1, 2), fragment: 0x2000 | 185)), [], new byte[9],
        ];
        foreach (byte[] header in headers)
            foreach (bool expanded in (bool[])[false, true])
                yield return new DatagramBuilder()
                    .Add(new FlowSampleBuilder { Expanded = expanded }.AddHeader(header))
                    .Add(new FlowSampleBuilder { Expanded = expanded }
                        .Add(1030, DatagramBuilder.Words(5)).Add(1024, DatagramBuilder.Words(0, 17, 0x0A000001, 0x0A000002, 49_431, 49_431, 0, 0)).AddHeader(header))
                    .Add(new FlowSampleBuilder { Expanded = expanded }.Add(1001, DatagramBuilder.Words(0, 0, 0, 0)))
                    .Build();
    }

    /// <summary>Decodes the datagram where another one's records left that byte everywhere.</summary>
    private static List<Flow> Decode(byte[] payload, byte left)
    {
        LeavingStage last = new(left);
        DatagramDecoder decoder = new(new AgentRegistry(new AgentOptions()), new WorkerCounters(), new StageSequence([last]), [], new CountOptions(), kept: payload.Length % 2 == 0);
        decoder.Take(former, Collector.Origin);
        decoder.Flush();
        Assert.Equal(64, last.Records.Count);
        last.Records.Clear();
        decoder.Take(payload, Collector.Origin);
        decoder.Flush();
        return last.Records;
    }

    /// <summary>Takes what comes and leaves its place full of one byte.</summary>
    private sealed class LeavingStage(byte left) : IFlowStage
    {
        public List<Flow> Records { get; } = [];

        public void Process(Span<Flow> records)
        {
            Records.AddRange(records);
            MemoryMarshal.AsBytes(records).Fill(left);
        }

        public void Idle()
        {
        }
    }
}
