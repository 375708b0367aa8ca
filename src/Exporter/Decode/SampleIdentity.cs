using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Exporter.Decode;

/// <summary>
/// The 128-bit identity of a flow sample: a hash of agent, sub-agent, datagram sequence, uptime, the sample's place in the datagram and
/// its bytes. It contains no time of this machine and no sender address, so a retry, a duplicate and a second exporter compute the same
/// identity. The place distinguishes two samples of one datagram with equal bytes.
/// </summary>
/// <remarks>
/// Multiply and fold (128-bit product, halves combined) over 16 bytes per step, in four independent dependency chains. Each half of the
/// identity covers every byte, with its own keys. It is not cryptographic: a forger could as well send a copy.
/// Words are read little-endian on every machine. The function must not change: stored identities would no longer match.
/// </remarks>
internal readonly struct SampleIdentity
{
    /// <summary>Bytes of the fixed part of a flow sample, and of one round.</summary>
    public const int ShortestSample = 32;

    private const ulong Key0 = 0x9E37_79B9_7F4A_7C15, Key1 = 0xC2B2_AE3D_27D4_EB4F, Key2 = 0x1656_67B1_9E37_79F9, Key3 = 0xD6E8_FEB8_6659_FD93;

    private readonly ulong high, low;

    /// <summary>The common part of all samples of one datagram.</summary>
    public SampleIdentity(Address agent, uint subAgent, uint sequence, uint uptime)
    {
        ulong stream = (ulong)subAgent << 32 | sequence;
        high = Fold(agent.High ^ Key0, agent.Low ^ Fold(stream ^ Key1, uptime ^ Key2));
        low = Fold(agent.Low ^ Key2, agent.High ^ Fold(stream ^ Key3, uptime ^ Key0));
    }

    /// <param name="sample">The sample's bytes, at least <see cref="ShortestSample"/>.</param>
    /// <param name="place">Position among the datagram's samples.</param>
    /// <param name="idHigh">First half of the identity.</param>
    /// <param name="idLow">Second half of the identity.</param>
    public void Of(ReadOnlySpan<byte> sample, int place, out ulong idHigh, out ulong idLow)
    {
        ulong length = (ulong)sample.Length << 32 | (uint)place;
        ulong a = high ^ length, b = low ^ length, c = high + Key2, d = low + Key3;
        ReadOnlySpan<byte> rest = sample;
        while (rest.Length > ShortestSample)
        {
            Round(rest, ref a, ref b, ref c, ref d);
            rest = rest[ShortestSample..];
        }
        Round(sample[^ShortestSample..], ref a, ref b, ref c, ref d);
        idHigh = Fold(a ^ Key1, c ^ length);
        idLow = Fold(b ^ Key0, d ^ length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ReadOnlySpan<byte> bytes, ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        ref byte from = ref MemoryMarshal.GetReference(bytes[..ShortestSample]);
        ulong first = Word(ref from, 0), second = Word(ref from, 8), third = Word(ref from, 16), fourth = Word(ref from, 24);
        a = Fold(first ^ Key0, second ^ a);
        b = Fold(second ^ Key1, first ^ b);
        c = Fold(third ^ Key2, fourth ^ c);
        d = Fold(fourth ^ Key3, third ^ d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte from, int offset)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, offset));
        return BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong x, ulong y)
    {
        ulong top = Math.BigMul(x, y, out ulong bottom);
        return top ^ bottom;
    }
}
