using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SFlow.Exporter.Pipeline;
using SFlow.Samples;

namespace SFlow.Exporter.Decode;

/// <summary>
/// The eight words of a compact flow sample (sFlow v5, <c>flow_sample</c>) turned into the processor's order and split in one go: numbers into the
/// record from <see cref="FlowRecord.SampleSequence"/> on, what they are numbers of from <see cref="FlowRecord.SampleFormat"/> on.
/// </summary>
internal static class SampleWords
{
    private const int Whole = 32;

    /// <summary>By how much a word's type lies above its number: data source and interfaces have one, the others leave zero.</summary>
    private static Vector256<uint> TypeShift => Vector256.Create(Whole, 24u, Whole, Whole, Whole, 30u, 30u, Whole);

    private static Vector256<uint> Number => Vector256.Create(uint.MaxValue, 0xFF_FFFF, uint.MaxValue, uint.MaxValue, uint.MaxValue, 0x3FFF_FFFF, 0x3FFF_FFFF, 0);

    private static Vector256<byte> Turn => Vector256.Create(
        (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);

    /// <summary>False, and nothing is written, where the processor has no such vectors. The tunnel's fields become 0, frame length and stripped bytes too.</summary>
    /// <param name="sample">The sample's bytes, its fixed part at least.</param>
    /// <param name="record">Where its fields go.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryStore(ReadOnlySpan<byte> sample, ref FlowRecord record)
    {
        if (!Avx2.IsSupported) return false;
        Vector256<uint> words = Avx2.Shuffle(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(sample)), Turn).AsUInt32();
        (words & Number).StoreUnsafe(ref record.SampleSequence);
        Avx2.ShiftRightLogicalVariable(words, TypeShift).StoreUnsafe(ref record.SampleFormat);
        record.SampleFormat = FlowSample.CompactTag;
        return true;
    }
}
