using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SFlow.Exporter.Observe;

/// <summary>Eight places of one cache line, searched at once: where an entry stands is random, so that a loop would guess its end wrong each time.</summary>
internal static class SocketGroup
{
    public const int Size = 8;

    /// <summary>Position of the entry that is not 0 and agrees with the tag above its lower bits; -1 when there is none.</summary>
    /// <param name="group">The first of the eight.</param>
    /// <param name="tag">What to look for, in the upper bits.</param>
    /// <param name="lowerBits">How many bits are not the tag's.</param>
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
