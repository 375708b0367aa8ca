using System.Buffers.Binary;
using CsCheck;
using SFlow.Packets;
using SFlow.Tests;

namespace SFlow.Decoder.Tests;

/// <summary>Whatever the bytes, decoding ends, reads nothing outside them and says what is wrong. All inputs lie against a guard page.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private const int LargestDatagram = 65_535;

    [Fact]
    public void Every_prefix_of_every_datagram_gives_its_whole_samples_and_says_that_it_is_cut()
    {
        using GuardedBytes guarded = new(LargestDatagram);
        long prefixes = 0;
        foreach (CorpusCapture capture in Corpus.Captures())
        {
            foreach (byte[] payload in capture.Payloads)
            {
                DecodeStatus whole = Everything.Read(payload, out int wholeSamples, out _);
                int[] ends = [.. SampleEnds(payload)];
                for (int length = 0, passed = 0; length < payload.Length; length++, prefixes++)
                {
                    while (passed < ends.Length && ends[passed] <= length) passed++;
                    DecodeStatus status = Everything.Read(guarded.Copy(payload.AsSpan(0, length)), out int samples, out _);
                    Assert.Equal(passed, samples);
                    bool complete = whole == DecodeStatus.Ok && ends.Length > 0 && ends[^1] <= length && samples == wholeSamples;
                    Assert.True((status == DecodeStatus.Ok) == complete, $"{capture.Name}, {length} of {payload.Length} bytes: {status}");
                    if (whole == DecodeStatus.Ok && !complete) Assert.Equal(length == 0 ? DecodeStatus.Empty : DecodeStatus.Truncated, status);
                }
            }
        }
        output.WriteLine($"{prefixes:N0} prefixes");
    }

    /// <summary>Four values at every byte; all 255 others in a long run.</summary>
    [Fact]
    public void A_wrong_byte_anywhere_crashes_nothing()
    {
        int seed = LongRun.Seed;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using GuardedBytes guarded = new(LargestDatagram);
        long[] statuses = new long[Enum.GetValues<DecodeStatus>().Length];
        foreach (byte[] payload in Corpus.Captures().SelectMany(capture => capture.Payloads))
        {
            Span<byte> bytes = guarded.Copy(payload);
            for (int at = 0; at < bytes.Length; at++)
            {
                byte right = bytes[at], start = (byte)random.Next(256);
                for (int i = 0, values = LongRun.IsWanted ? 256 : 4; i < values; i++)
                {
                    byte wrong = i switch { 0 => (byte)~right, 1 => (byte)(right + 1), _ => (byte)(start + i) };
                    if (wrong == right) continue;
                    bytes[at] = wrong;
                    DecodeStatus status = Everything.Read(bytes, out int samples, out _);
                    statuses[(int)status]++;
                    Assert.InRange(samples, 0, bytes.Length / 8);
                }
                bytes[at] = right;
            }
        }
        output.WriteLine(string.Join(", ", statuses.Select((count, status) => $"{(DecodeStatus)status} {count:N0}")));
        Assert.All(Enum.GetValues<DecodeStatus>().Except([DecodeStatus.Empty]), status => Assert.True(statuses[(int)status] > 0, status.ToString()));
    }

    [Fact]
    public void Any_bytes_with_any_header_protocol_can_be_dissected() =>
        Gen.Select(Gen.UInt[0, 18], Gen.Byte.Array[0, 200]).Sample((protocol, bytes) =>
        {
            using GuardedBytes guarded = new(256);
            Everything.Packet(SampledPacket.Dissect(protocol, guarded.Copy(bytes)));
        });

    [Fact]
    public void Any_bytes_behind_a_plausible_header_can_be_read() =>
        Gen.Select(Gen.UInt[1, 5], Gen.UInt[0, 64], Gen.UInt[0, 2300], Gen.Byte.Array[0, 400]).Sample((tag, records, recordTag, bytes) =>
        {
            byte[] body = [.. new byte[tag is 2 ? 8 : tag is 4 ? 12 : tag is 1 or 5 ? 28 : 40], .. DatagramBuilder.Words(records, recordTag, (uint)bytes.Length), .. bytes];
            using GuardedBytes guarded = new(1024);
            Everything.Read(guarded.Copy(new DatagramBuilder().Add(tag, body).Build()), out int samples, out _);
            Assert.Equal(1, samples);
        });

    [Fact]
    public void Decoding_allocates_nothing()
    {
        byte[][] payloads = [.. Corpus.Captures().SelectMany(capture => capture.Payloads)];
        foreach (byte[] payload in payloads) Everything.Read(payload, out _, out _);

        ulong all = 0;
        long allocated = Allocated.Least(() =>
        {
            all = 0;
            foreach (byte[] payload in payloads)
            {
                Everything.Read(payload, out _, out ulong fold);
                Everything.Read(payload.AsSpan(0, payload.Length / 2), out _, out ulong cut);
                all ^= fold ^ cut;
            }
        });

        Assert.NotEqual(0ul, all);
        Assert.Equal(0, allocated);
    }

    /// <summary>Where the samples end, found by lengths alone and without the library.</summary>
    private static IEnumerable<int> SampleEnds(byte[] payload)
    {
        if (payload.Length < 8) yield break;
        int at = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4)) == 1 ? 28 : 40;
        if (payload.Length < at) yield break;
        for (uint count = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at - 4)); count > 0 && payload.Length >= at + 8; count--)
        {
            long end = at + 8L + BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(at + 4));
            if (end > payload.Length) yield break;
            at = (int)end;
            yield return at;
        }
    }
}
