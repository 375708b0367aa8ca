using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>
/// Swaps and splits the eight words of a compact flow sample (sFlow v5, <c>flow_sample</c>) in one pass: values into the record from
/// <see cref="Flow.SampleSequence"/>, their formats from <see cref="Flow.SampleFormat"/>. 1.5 ns instead of 5.0 ns for the scalar twin
/// (bench/results/speed.md).
/// </summary>
internal static class FlowSampleKernel
{
    private const uint Whole = uint.MaxValue;

    /// <summary>Shuffle that swaps the bytes of each word.</summary>
    private static ReadOnlySpan<byte> Turned =>
    [
        3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
        3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
    ];

    /// <summary>Returns false and writes nothing if the processor lacks the vector instructions. Tunnel fields, frame length and stripped bytes become 0.</summary>
    /// <param name="sample">Bytes of the sample, at least its fixed part.</param>
    /// <param name="record">Where its fields go.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStore(ReadOnlySpan<byte> sample, ref Flow record)
    {
        if (!Avx2.IsSupported) return false;
        Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(sample)), turned = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Turned));
        Vector256<uint> words = Avx2.Shuffle(bytes, turned).AsUInt32();
        // Data source and interfaces have a format in the upper bits; the other words are plain numbers.
        Vector256<uint> numbers = Vector256.Create(Whole, 0xFF_FFFF, Whole, Whole, Whole, 0x3FFF_FFFF, 0x3FFF_FFFF, 0), above = Vector256.Create(32u, 24, 32, 32, 32, 30, 30, 32);
        (words & numbers).StoreUnsafe(ref record.SampleSequence);
        Avx2.ShiftRightLogicalVariable(words, above).StoreUnsafe(ref record.SampleFormat);
        record.SampleFormat = FlowSample.CompactTag;
        return true;
    }
}
