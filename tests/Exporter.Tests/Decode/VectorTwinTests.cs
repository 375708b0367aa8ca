using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using SFlow.Exporter.Decode;
using SFlow.Exporter.Pipeline;
using SFlow.Packets;
using SFlow.Samples;
using SFlow.Tests;

namespace SFlow.Exporter.Tests.Decode;

/// <summary>What vectors read of a sample is what its scalar twin reads, field by field, and no byte behind the sample's end is touched.</summary>
public sealed class VectorTwinTests(ITestOutputHelper output)
{
    private static readonly FieldInfo[] fields = typeof(Flow).GetFields(BindingFlags.Instance | BindingFlags.Public);

    [Fact]
    public void A_usual_header_reads_as_it_does_step_by_step()
    {
        Assert.SkipUnless(Avx2.IsSupported, "this processor has no AVX2: all headers go step by step");
        using GuardedBytes guarded = new(256);
        long usual = 0, others = 0;
        foreach (byte[] header in Headers())
        {
            Span<byte> bytes = guarded.Copy(header);
            Flow fast = new() { SampleFormat = 1 }, slow = fast;
            if (!CommonHeaderKernel.TryStore(bytes, ref fast))
            {
                AssertSame(slow, fast, header);
                others++;
                continue;
            }
            FlowSampleReader.ReadPacket(HeaderProtocol.Ethernet, bytes, 0, ref slow);
            AssertSame(slow, fast, header);
            usual++;
        }
        output.WriteLine($"{usual:N0} headers by vectors, {usual * fields.Length:N0} fields equal; {others:N0} left to the steps");
        Assert.True(usual > 15_000 && others > 100_000, $"{usual} and {others}");
    }

    [Fact]
    public void The_words_of_a_sample_read_as_they_do_one_by_one()
    {
        Assert.SkipUnless(Avx2.IsSupported, "this processor has no AVX2: all words are read one by one");
        using GuardedBytes guarded = new(32);
        Random random = new(11);
        byte[] words = new byte[32], datagram = new byte[28 + 8 + 32];
        for (int at = 0; at < 20_000; at++)
        {
            random.NextBytes(words);
            BinaryPrimitives.WriteUInt32BigEndian(datagram, 5);
            datagram[7] = datagram[27] = 1;
            datagram[31] = (byte)FlowSample.CompactTag;
            datagram[35] = 32;
            words.CopyTo(datagram, 36);
            Assert.Equal(DecodeStatus.Ok, Datagram.TryRead(datagram, out Datagram read));
            StructureEnumerator samples = read.Samples;
            Assert.True(samples.MoveNext());
            Assert.True(FlowSample.TryRead(samples.Current, out FlowSample flow));

            Flow fast = default, slow = default;
            Assert.True(FlowSampleKernel.TryStore(guarded.Copy(words), ref fast));
            FlowSampleReader.ReadFixed(flow, ref slow);
            AssertSame(slow, fast, words);
        }
    }

    private static void AssertSame(Flow slow, Flow fast, byte[] bytes)
    {
        foreach (FieldInfo field in fields)
            Assert.True(Equals(field.GetValue(slow), field.GetValue(fast)), $"{field.Name}: {field.GetValue(fast)}, not {field.GetValue(slow)}, of {Convert.ToHexStringLower(bytes)}");
    }

    /// <summary>Every shape of the usual with every length that it may be cut to, and each with bytes changed.</summary>
    private static IEnumerable<byte[]> Headers()
    {
        Random random = new(5);
        byte[] payload = new byte[40];
        random.NextBytes(payload);
        byte[] tcp = [.. PacketBuilder.Tcp(40_000, 443, 0x8123_4567, 0xFEDC_BA98, 0xD2), .. payload], udp = [.. PacketBuilder.Udp(53, 65_535), .. payload];
        List<byte[]> networks = [];
        foreach ((byte protocol, byte[] transport) in ((byte, byte[])[])[(6, tcp), (17, udp), (1, payload), (132, udp)])
        {
            byte[] v4 = PacketBuilder.IPv4("10.128.255.5", "203.0.113.9", protocol, transport);
            byte[] options = PacketBuilder.IPv4("10.128.255.5", "203.0.113.9", protocol, transport, options: new byte[8]);
            networks.AddRange([v4, options, PacketBuilder.IPv4("10.128.0.5", "10.129.0.9", protocol, transport, fragment: 0x2000), PacketBuilder.IPv6("fd01::5", "2001:db8::ffff", protocol, transport)]);
        }
        foreach (byte[] network in networks)
        {
            ushort type = (ushort)(network[0] >> 4 == 6 ? 0x86DD : 0x0800);
            foreach (byte[] frame in (byte[][])[PacketBuilder.Ethernet(type, network), PacketBuilder.Ethernet(type, network, 4_095), PacketBuilder.Ethernet(type, network, 7, 9)])
                for (int length = 0; length <= frame.Length; length++)
                {
                    yield return frame[..length];
                    for (int copy = 0; copy < 40; copy++)
                    {
                        byte[] changed = frame[..length];
                        if (length > 0) for (int change = random.Next(3); change >= 0; change--) changed[random.Next(length)] = (byte)random.Next(256);
                        yield return changed;
                    }
                }
        }
    }
}
