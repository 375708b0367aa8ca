using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SFlow.Exporter.Observe;

/// <summary>Eight places of one cache line, searched at once. The position is random, so a loop would have a branch miss in each search.</summary>
internal static class SocketGroup
{
    public const int Size = 8;

    /// <summary>Position of the entry that is not 0 and has this tag in its upper bits; -1 if there is none.</summary>
    /// <param name="group">The first of the eight.</param>
    /// <param name="tag">The tag to find, in the upper bits.</param>
    /// <param name="lowerBits">Number of lower bits that are not part of the tag.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(ref long group, long tag, int lowerBits)
    {
        if (!Vector256.IsHardwareAccelerated) return IndexOfEach(ref group, tag, lowerBits);
        Vector256<long> wanted = Vector256.Create(tag);
        uint found = Match(Vector256.LoadUnsafe(ref group), wanted, lowerBits) | Match(Vector256.LoadUnsafe(ref group, 4), wanted, lowerBits) << 4;
        return found == 0 ? -1 : BitOperations.TrailingZeroCount(found);
    }

    /// <summary>The same without vectors.</summary>
    public static int IndexOfEach(ref long group, long tag, int lowerBits)
    {
        for (int at = 0; at < Size; at++)
        {
            long entry = Volatile.Read(ref Unsafe.Add(ref group, at));
            if (entry != 0 && (entry ^ tag) >>> lowerBits == 0) return at;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Match(Vector256<long> entries, Vector256<long> wanted, int lowerBits) =>
        Vector256.AndNot(Vector256.Equals((entries ^ wanted) >>> lowerBits, Vector256<long>.Zero), Vector256.Equals(entries, Vector256<long>.Zero)).ExtractMostSignificantBits();
}
