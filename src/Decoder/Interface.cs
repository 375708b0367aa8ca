using System.Runtime.CompilerServices;

namespace SFlow;

/// <summary>An interface of a sampled packet (sFlow version 5, <c>interface</c>).</summary>
/// <param name="Format">0 one interface, 1 packet discarded (output only), 2 several interfaces (output only).</param>
/// <param name="Value">ifIndex (0 unknown, 0x3FFFFFFF the device itself), reason of the discard, or number of interfaces.</param>
public readonly record struct Interface(uint Format, uint Value)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Interface FromCompact(uint word) => new(word >> 30, word & 0x3FFF_FFFF);
}
