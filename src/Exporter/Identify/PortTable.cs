using System.Runtime.CompilerServices;
using SFlow.Exporter.Pipeline;

namespace SFlow.Exporter.Identify;

/// <summary>
/// Entries by endpoint and port, immutable. The ports of an endpoint are adjacent: usually two or three in one cache line. NodePorts, which
/// apply to every node, are separate.
/// </summary>
internal sealed class PortTable
{
    /// <summary>Few enough for a linear search.</summary>
    private const int Few = 8;

    /// <summary>By endpoint, the index of its first entry. The first entry of the next endpoint is the limit.</summary>
    private readonly int[] starts;

    /// <summary>Protocol and port in the upper half, the sort key within an endpoint; the value in the lower half.</summary>
    private readonly ulong[] entries;
    private readonly FlatTable nodePorts = new();

    /// <param name="ports">Values by <see cref="AddressBook.PortKey"/>.</param>
    public PortTable(IEnumerable<(ulong Key, int Value)> ports)
    {
        (ulong Key, int Value)[] sorted = [.. ports];
        Array.Sort(sorted, (one, other) => one.Key.CompareTo(other.Key));
        int many = Array.FindLastIndex(sorted, port => Endpoint(port.Key) != AddressBook.AnyNode) + 1;
        foreach ((ulong key, int value) in sorted.AsSpan(many)) nodePorts.TryAdd(0, (uint)key & Code, value);

        entries = new ulong[many];
        starts = new int[many == 0 ? 1 : Endpoint(sorted[many - 1].Key) + 2];
        for (int at = 0; at < many; at++)
        {
            (ulong key, int value) = sorted[at];
            entries[at] = (key & Code) << 32 | (uint)value;
            starts[Endpoint(key) + 1] = at + 1;
        }
        for (int endpoint = 1; endpoint < starts.Length; endpoint++) starts[endpoint] = Math.Max(starts[endpoint], starts[endpoint - 1]);
    }

    public int Count => entries.Length + nodePorts.Count;

    private static uint Code => 0xFF_FFFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ulong key, out int value)
    {
        value = 0;
        int endpoint = Endpoint(key);
        uint code = (uint)key & Code;
        if (endpoint >= starts.Length - 1) return endpoint == AddressBook.AnyNode && nodePorts.TryFind(0, code, out value);
        int start = starts[endpoint], end = starts[endpoint + 1];
        while (end - start > Few)
        {
            int middle = (start + end) / 2;
            if (entries[middle] >> 32 > code) end = middle; else start = middle;
        }
        for (; start < end; start++)
        {
            if (entries[start] >> 32 != code) continue;
            value = (int)entries[start];
            return true;
        }
        return false;
    }

    private static int Endpoint(ulong key) => (int)(key >> 24);
}
