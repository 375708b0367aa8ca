using System.Runtime.CompilerServices;

namespace SFlow;

/// <summary>Where samples are taken (sFlow version 5, <c>sflow_data_source</c>).</summary>
/// <param name="Type">0 ifIndex, 1 VLAN, 2 physical entity.</param>
/// <param name="Index">Number within the type.</param>
public readonly record struct DataSource(uint Type, uint Index)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DataSource FromCompact(uint word) => new(word >> 24, word & 0xFF_FFFF);
}
