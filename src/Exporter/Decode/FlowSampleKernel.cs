using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>
/// The eight words of a compact flow sample (sFlow v5, <c>flow_sample</c>) turned into the processor's order and split in one go: numbers into the
/// record from <see cref="Flow.SampleSequence"/> on, what they are numbers of from <see cref="Flow.SampleFormat"/> on.
/// </summary>
internal static class FlowSampleKernel
{
    private const uint Whole = uint.MaxValue;

    /// <summary>Bytes of each word in the processor's order.</summary>
    private static ReadOnlySpan<byte> Turned =>
    [
        3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
        3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
    ];

    /// <summary>False, and nothing is written, where the processor has no such vectors. The tunnel's fields become 0, frame length and stripped bytes too.</summary>
    /// <param name="sample">The sample's bytes, its fixed part at least.</param>
    /// <param name="record">Where its fields go.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStore(ReadOnlySpan<byte> sample, ref Flow record)
    {
        if (!Avx2.IsSupported) return false;
        Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(sample)), turned = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Turned));
        Vector256<uint> words = Avx2.Shuffle(bytes, turned).AsUInt32();
        // Data source and interfaces have a type above their number; the other words are a number as a whole.
        Vector256<uint> numbers = Vector256.Create(Whole, 0xFF_FFFF, Whole, Whole, Whole, 0x3FFF_FFFF, 0x3FFF_FFFF, 0), above = Vector256.Create(32u, 24, 32, 32, 32, 30, 30, 32);
        (words & numbers).StoreUnsafe(ref record.SampleSequence);
        Avx2.ShiftRightLogicalVariable(words, above).StoreUnsafe(ref record.SampleFormat);
        record.SampleFormat = FlowSample.CompactTag;
        return true;
    }
}
