using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// Arrays whose groups of eight values begin at a cache line. The values of an array begin 16 bytes behind its start, so that without this each group
/// lies in two lines and costs two misses.
/// </summary>
internal static class CacheLine
{
    /// <summary>Values of 8 bytes in one line.</summary>
    public const int Longs = 8;

    /// <summary>Makes an array of at least so many values.</summary>
    /// <param name="values">The number of values.</param>
    /// <param name="first">Index of the first value that begins at a line. The array holds <paramref name="values"/> from there on.</param>
    public static unsafe long[] Allocate(int values, out int first)
    {
        // Pinned arrays never move.
        long[] array = GC.AllocateArray<long>(values + Longs, pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        first = (int)(-(nint)address & (Longs * sizeof(long) - 1)) / sizeof(long);
        return array;
    }
}
