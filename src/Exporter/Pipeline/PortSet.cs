using System.Runtime.CompilerServices;

namespace SFlow.Exporter.Pipeline;

/// <summary>
/// One bit per port number with any entry. Half of all ports are client ports: for these it avoids the look-up. It only grows, so readers
/// need no copy and no lock.
/// </summary>
internal sealed class PortSet
{
    private readonly ulong[] bits = new ulong[1024];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ushort port)
    {
        if (!Contains(port)) Interlocked.Or(ref bits[port >> 6], 1UL << port);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(ushort port) => (bits[port >> 6] >> port & 1) != 0;
}
