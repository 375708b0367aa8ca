using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace SFlow.Bench;

/// <summary>
/// Byte order of a whole block at once, width by width, against reading each word where it is needed: 8 words are a flow sample's
/// fixed part, 22 an interface's counters, 320 a datagram.
/// </summary>
public class ByteOrder
{
    private byte[] wire = [];
    private uint[] words = [];

    [Params(8, 22, 320)]
    public int Words { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        wire = new byte[Words * sizeof(uint)];
        words = new uint[Words];
        new Random(1).NextBytes(wire);
    }

    [Benchmark(Baseline = true)]
    public uint EachWord()
    {
        ReadOnlySpan<byte> from = wire;
        Span<uint> to = words;
        for (int i = 0; i < to.Length; i++) to[i] = BinaryPrimitives.ReadUInt32BigEndian(from[(i * sizeof(uint))..]);
        return to[^1];
    }

    [Benchmark]
    public uint Vector128Shuffle()
    {
        ReadOnlySpan<byte> from = wire;
        Span<byte> to = MemoryMarshal.AsBytes(words.AsSpan());
        Vector128<byte> order = Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
        int at = 0;
        for (; at + Vector128<byte>.Count <= to.Length; at += Vector128<byte>.Count) Vector128.Shuffle(Vector128.Create(from[at..]), order).CopyTo(to[at..]);
        return Rest(from, at);
    }

    [Benchmark]
    public uint Vector256Shuffle()
    {
        ReadOnlySpan<byte> from = wire;
        Span<byte> to = MemoryMarshal.AsBytes(words.AsSpan());
        Vector128<byte> half = Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
        Vector256<byte> order = Vector256.Create(half, half + Vector128.Create((byte)16));
        int at = 0;
        for (; at + Vector256<byte>.Count <= to.Length; at += Vector256<byte>.Count) Vector256.Shuffle(Vector256.Create(from[at..]), order).CopyTo(to[at..]);
        return Rest(from, at);
    }

    /// <summary>The base class library's, which takes the widest vectors there are.</summary>
    [Benchmark]
    public uint Library()
    {
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(wire), words);
        return words[^1];
    }

    private uint Rest(ReadOnlySpan<byte> from, int at)
    {
        for (; at < from.Length; at += sizeof(uint)) words[at / sizeof(uint)] = BinaryPrimitives.ReadUInt32BigEndian(from[at..]);
        return words[^1];
    }
}
